import { describe, expect, test } from "vitest";
import { findDisappearances } from "../../../packages/core/src/analysis/disappearances.ts";
import type { KnownDeath } from "../../../packages/core/src/analysis/disappearances.ts";
import { unknownVictim } from "../../../packages/core/src/model/incident.ts";
import type { Process, ProcessSnapshot } from "../../../packages/core/src/model/process-snapshot.ts";

/** Monday 2026-11-23 11:00 in Shanghai, and the visit an hour later. */
const beforeMs = Date.parse("2026-11-23T03:00:00Z");
const afterMs = beforeMs + 3_600_000;
const hostTime = { utcOffsetS: 28_800, clockMovedMs: 0 };
const old = "Sun Nov  1 03:12:44 2026";
const young = "Mon Nov 23 10:59:01 2026";
const fresh = "Mon Nov 23 11:30:00 2026";

function row(pid: number, name: string, more: Partial<Process> = {}): Process {
  return {
    pid,
    ppid: 1,
    uid: 1000,
    user: "app",
    rssKiB: 500_000,
    vszKiB: 900_000,
    startText: old,
    name,
    args: `/usr/bin/${name}`,
    ...more,
  };
}

const init = row(1, "systemd", { ppid: 0, uid: 0, user: "root", args: "/sbin/init" });
const psAt = (takenAtMs: number, rows: readonly Process[]): ProcessSnapshot => ({
  takenAtMs,
  processes: [init, ...rows],
});

function fatesOf(
  before: readonly Process[],
  after: readonly Process[],
  deaths: readonly KnownDeath[] = [],
  watched: readonly string[] = [],
): Record<string, string> {
  const found = findDisappearances(
    psAt(beforeMs, before),
    psAt(afterMs, after),
    deaths,
    hostTime,
    ({ name }) => watched.includes(name),
  );
  return Object.fromEntries(found.map(({ process: { name, pid }, fate }) => [`${name} ${pid}`, fate.kind]));
}

const deathOf = (pid: number, atMs: number | null, name: string | null = null): KnownDeath => ({
  id: "k-3fa81c09d2e4",
  time: atMs === null ? { atMs, errorS: null, method: "ordered-only" } : { atMs, errorS: 2, method: "near" },
  victim: { ...unknownVictim, pid, name },
});

const java = row(31_001, "java", { args: "java -jar app.jar" });
const cron = row(91, "crond", { uid: 0, user: "root", args: "crond" });

describe("a process of the last ps that is gone", () => {
  test("is gone when nothing explains it, and its age is told", () => {
    const [found] = findDisappearances(
      psAt(beforeMs, [java, cron]),
      psAt(afterMs, [cron]),
      [],
      hostTime,
      () => false,
    );
    expect(found).toMatchObject({ process: { pid: 31_001 }, fate: { kind: "gone" } });
    expect(Math.floor((found?.ageS ?? 0) / 86_400)).toBe(22);
  });

  test("was killed when a death of its pid is known for the time between, and only then", () => {
    const known = (death: KnownDeath): Record<string, string> => fatesOf([java, cron], [cron], [death]);
    expect(known(deathOf(31_001, beforeMs + 60_000))).toEqual({ "java 31001": "killed" });
    expect(known(deathOf(31_001, beforeMs - 86_400_000))).toEqual({ "java 31001": "gone" });
    expect(known(deathOf(4711, beforeMs + 60_000))).toEqual({ "java 31001": "gone" });
    expect(known(deathOf(31_001, beforeMs - 86_400_000, "java"))).toEqual({ "java 31001": "killed" });
    expect(known(deathOf(31_001, beforeMs - 30 * 86_400_000, "java"))).toEqual({ "java 31001": "gone" });
    expect(known(deathOf(31_001, null, "java"))).toEqual({ "java 31001": "killed" });
    expect(known(deathOf(31_001, null, "nginx"))).toEqual({ "java 31001": "gone" });
  });

  test("was started again when the same command has another pid", () => {
    const again = row(40_000, "java", { args: java.args, startText: fresh });
    expect(fatesOf([java, cron], [cron, again])).toEqual({ "java 31001": "restarted" });
    const other = row(40_000, "java", { args: "java -jar app.jar --port 81", startText: fresh });
    expect(fatesOf([java, cron], [cron, other])).toEqual({ "java 31001": "restarted" });
  });

  test("is one of two of a name: the one whose command came back is not the one that did not", () => {
    const billing = row(31_002, "java", { args: "java -jar billing.jar" });
    const again = row(40_000, "java", { args: billing.args, startText: fresh });
    expect(fatesOf([java, billing, cron], [cron, again])).toEqual({
      "java 31001": "gone",
      "java 31002": "restarted",
    });
  });

  test("is another one when its pid was used again", () => {
    const reused = row(31_001, "nginx", { startText: fresh });
    expect(fatesOf([java, cron], [cron, reused])).toEqual({ "java 31001": "gone" });
    const again = row(31_001, "java", { args: java.args, startText: fresh });
    expect(fatesOf([java, cron], [cron, again])).toEqual({ "java 31001": "restarted" });
  });

  test("takes its children along, which are no stories of their own", () => {
    const child = row(31_050, "helper", { ppid: 31_001 });
    expect(fatesOf([java, child, cron], [cron])).toEqual({
      "java 31001": "gone",
      "helper 31050": "with-parent",
    });
  });

  test("leaves a pool that goes on, and a parent that has others for it", () => {
    const worker = (pid: number): Process => row(pid, "php-fpm", { ppid: 500, args: "php-fpm: pool www" });
    const [one, other] = [worker(501), worker(502)];
    expect(fatesOf([one, other, cron], [one, cron])).toEqual({ "php-fpm 502": "reduced" });
    const postmaster = row(600, "postgres");
    const backend = row(601, "postgres", { ppid: 600, args: "postgres: app db 10.0.0.1 idle" });
    expect(fatesOf([postmaster, backend, cron], [postmaster, cron])).toEqual({ "postgres 601": "reduced" });
  });
});

describe("no word of", () => {
  test.each<[what: string, ...rows: Process[]]>([
    ["a process younger than a day", row(7, "java", { startText: young })],
    ["one whose age is not told", row(7, "java", { startText: "Nov01" })],
    ["a kernel thread", row(7, "kworker/0:1", { ppid: 2, args: "[kworker/0:1]", rssKiB: 0 })],
    ["a shell", row(7, "bash", { args: "-bash" })],
    ["an editor", row(7, "vim")],
    ["a login session", row(7, "sshd", { args: "sshd: maria@pts/0" })],
    [
      "what a login session started",
      row(7, "python3", { ppid: 8 }),
      row(8, "sshd", { args: "sshd: maria@pts/0" }),
    ],
    ["a job of cron", row(7, "backup", { ppid: 8 }), row(8, "CROND", { ppid: 91 })],
    ["a user's own units", row(7, "systemd", { args: "/usr/lib/systemd/systemd --user" })],
  ])("%s", (_what, ...rows) => {
    expect(fatesOf([...rows, cron], [cron])).toEqual({});
  });

  test("processes whose starts all moved by seconds because the clock was set", () => {
    const moved = (one: Process): Process => ({ ...one, startText: "Sun Nov  1 03:14:10 2026" });
    const found = findDisappearances(
      psAt(beforeMs, [java, cron]),
      { takenAtMs: afterMs, processes: [init, java, cron].map(moved) },
      [],
      { ...hostTime, clockMovedMs: 86_000 },
      () => false,
    );
    expect(found).toEqual([]);
  });

  test("a start that ps rounded the other way", () => {
    const jittered = { ...java, startText: "Sun Nov  1 03:12:46 2026" };
    expect(fatesOf([java, cron], [jittered, cron])).toEqual({});
  });

  test("a ps that saw not the same: another login under hidepid", () => {
    const rows = ["a", "b", "c", "d", "e"].map((name, at) => row(100 + at, name));
    expect(fatesOf(rows, [])).toEqual({});
    expect(Object.keys(fatesOf([...rows, cron], rows.slice(1).concat(cron)))).toEqual(["a 100"]);
  });
});

test("comes to an end with a ps of a hundred thousand rows", () => {
  const rows = Array.from({ length: 100_000 }, (_, at) =>
    row(10 + at, `p${at % 7}`, { args: `x ${at}`, ppid: 9 + at }),
  );
  const found = findDisappearances(
    psAt(beforeMs, rows),
    psAt(afterMs, rows.slice(40_000)),
    [],
    hostTime,
    () => false,
  );
  expect(found).toHaveLength(40_000);
});

test("tells of a watched process however young", () => {
  expect(fatesOf([row(7, "agent", { startText: young }), cron], [cron], [], ["agent"])).toEqual({
    "agent 7": "gone",
  });
});
