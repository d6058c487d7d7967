import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { run } from "../../packages/cli/src/run.ts";
import { memoryIo } from "../support/memory-io.ts";
import type { HostFleet } from "../support/test-fleet.ts";
import { startFleet } from "../support/test-fleet.ts";

/** Hosts whose kernel log changes between two collections: each reads it from a file of the test. */
const names = ["wraps01", "late01", "demoted01", "reboots01", "same01", "ahead01", "rude01"] as const;
type Name = (typeof names)[number];

let fleet: HostFleet;
let folder: string;

const kill = (pid: number, name = "java"): string =>
  `Out of memory: Killed process ${pid} (${name}) total-vm:800kB, anon-rss:600kB, file-rss:4kB, shmem-rss:0kB, UID:1000 pgtables:8kB oom_score_adj:0`;
const at = (second: number, text: string): string => `[ ${second}.000001] ${text}`;
const bootOf = (digit: number): string => `${String(digit).repeat(8)}-5a0d-4c9e-9b3e-2d7f00c1a5e4`;

const logOf = (name: Name): string => join(folder, `${name}.log`);
const setLog = (name: Name, ...lines: readonly string[]): Promise<void> =>
  writeFile(logOf(name), lines.map((line) => `${line}\n`).join(""));
const setBoot = (digit: number): Promise<void> => writeFile(join(folder, "boot_id"), `${bootOf(digit)}\n`);

async function ask(db: string, ...words: readonly string[]) {
  const io = memoryIo({
    env: { HOME: folder, PATH: process.env["PATH"] ?? "" },
    cwd: folder,
    nowMs: Date.now(),
  });
  const code = await run([...words, "--db", join(folder, db)], io);
  return { code, out: io.out(), err: io.err() };
}

const collectWords = (name: string): readonly string[] => [
  "collect",
  "-b",
  "-F",
  fleet.configFile,
  "-w",
  name,
];

/** One collection of one host: its state, and how many deaths were new and known. */
async function collect(
  db: string,
  name: Name,
): Promise<readonly [state: string, fresh: number, known: number]> {
  const { out } = await ask(db, ...collectWords(name), "-o", "json");
  const { hosts, new_incidents, known_incidents } = JSON.parse(out) as {
    hosts: Readonly<Record<string, number>>;
    new_incidents: number;
    known_incidents: number;
  };
  const state = Object.keys(hosts).find((key) => key !== "selected" && hosts[key] === 1) ?? "none";
  return [state, new_incidents, known_incidents];
}

interface Row {
  readonly id: string;
  readonly at: string | null;
  readonly boot_id: string | null;
  readonly confirmed: boolean;
  readonly victim: { readonly pid: number };
}

const incidents = async (db: string): Promise<readonly Row[]> =>
  JSON.parse((await ask(db, "incidents", "-o", "json")).out) as Row[];
const pids = async (db: string): Promise<readonly number[]> =>
  (await incidents(db)).map(({ victim }) => victim.pid).toSorted((a, b) => a - b);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "inquest-again-"));
  const reads = (name: Name) => ({
    files: { "dev/kmsg": null },
    commands: { dmesg: `cat '${logOf(name)}'` },
  });
  const bootId = "proc/sys/kernel/random/boot_id";
  const denial = "dmesg: read kernel buffer failed:\u001b[2J\u009b31m Operation not permitted\n";
  fleet = await startFleet({
    wraps01: reads("wraps01"),
    late01: reads("late01"),
    same01: reads("same01"),
    demoted01: {
      files: { "dev/kmsg": null },
      // A ring that is readable as /dev/kmsg at first: a link that the test sets and takes away.
      links: { "dev/kmsg": logOf("demoted01") },
      commands: { dmesg: `cat '${logOf("demoted01")}.dmesg'` },
    },
    reboots01: {
      files: { "dev/kmsg": null, [bootId]: null },
      links: { [bootId]: join(folder, "boot_id") },
      commands: { dmesg: `cat '${logOf("reboots01")}'` },
    },
    ahead01: {
      files: { "dev/kmsg": `6,0,0,-;Linux version 5.14.0\n3,1,9999900000,-;${kill(7)}\n` },
      commands: { date: `echo "$(($(/bin/date +%s) + 3600)).5 +0000"` },
    },
    rude01: {
      files: { "dev/kmsg": null },
      commands: { dmesg: { stderr: denial, status: 1 }, ps: { stderr: denial, status: 127 } },
    },
  });
}, 60_000);
afterAll(async () => {
  await fleet?.stop();
  await rm(folder, { recursive: true, force: true });
});

describe("a host that is read again", () => {
  test("adds each death once while its ring overlaps, and after it has run over", async () => {
    await setLog("wraps01", at(100, kill(1)), at(200, kill(2)));
    expect(await collect("wraps", "wraps01")).toEqual(["ok-truncated", 2, 0]);
    await setLog("wraps01", at(200, kill(2)), at(300, kill(3)));
    expect(await collect("wraps", "wraps01")).toEqual(["ok", 1, 1]);
    await setLog("wraps01", at(400, kill(4)));
    expect(await collect("wraps", "wraps01")).toEqual(["ok-truncated", 1, 0]);
    expect(await pids("wraps")).toEqual([1, 2, 3, 4]);
  });

  test("confirms a death that was only announced when it was read in the middle of the report", async () => {
    const announced = [
      at(100, "nginx invoked oom-killer: gfp_mask=0xd0, order=0, oom_score_adj=0"),
      at(100, "oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),global_oom,task=java,pid=5,uid=1000"),
    ];
    await setLog("late01", ...announced);
    expect(await collect("late", "late01")).toEqual(["ok-truncated", 1, 0]);
    const [before] = await incidents("late");
    expect(before?.confirmed).toBe(false);
    await setLog("late01", ...announced, at(101, kill(5)));
    expect(await collect("late", "late01")).toEqual(["ok", 0, 1]);
    expect(await incidents("late")).toMatchObject([{ id: before?.id, confirmed: true, victim: { pid: 5 } }]);
  });

  test("knows a death from dmesg that it has read from /dev/kmsg", async () => {
    await writeFile(logOf("demoted01"), `6,0,0,-;Linux version 5.14.0\n3,1,9000000001,-;${kill(6)}\n`);
    await writeFile(
      `${logOf("demoted01")}.dmesg`,
      `<6>[    0.000000] Linux version 5.14.0\n<3>[ 9000.000001] ${kill(6)}\n`,
    );
    expect(await collect("demoted", "demoted01")).toEqual(["ok", 1, 0]);
    await rm(logOf("demoted01"));
    expect(await collect("demoted", "demoted01")).toEqual(["ok", 0, 1]);
  });

  test("takes the same words of another boot for another death", async () => {
    await setLog("reboots01", at(100, kill(1)));
    await setBoot(1);
    expect(await collect("reboots", "reboots01")).toEqual(["ok-truncated", 1, 0]);
    await setBoot(2);
    expect(await collect("reboots", "reboots01")).toEqual(["ok-truncated", 1, 0]);
    const boots = (await incidents("reboots")).map(({ boot_id }) => boot_id);
    expect(new Set(boots)).toEqual(new Set([bootOf(1), bootOf(2)]));
  });
});

test("a host whose clock is an hour ahead reports no death later than now, and the difference is told", async () => {
  expect(await collect("ahead", "ahead01")).toEqual(["ok", 1, 0]);
  const [death] = await incidents("ahead");
  const age = Date.now() - Date.parse(death?.at ?? "");
  expect(age).toBeGreaterThanOrEqual(0);
  const [row] = JSON.parse((await ask("ahead", "hosts", "-o", "json")).out) as { clock_diff_s: number }[];
  expect(Math.abs((row?.clock_diff_s ?? 0) - 3600)).toBeLessThan(10);
});

test("what a host says on stderr never reaches the terminal as it is", async () => {
  const { code, out, err } = await ask("rude", ...collectWords("rude01"));
  expect([code, out]).toEqual([5, ""]);
  expect(err).toMatch(/rude01: no-permission: .*Operation not permitted/);
  const shown = err + (await ask("rude", "hosts")).out + (await ask("rude", "runs", "1")).out;
  expect(Array.from(shown).filter((char) => /[\p{Cc}]/u.test(char) && char !== "\n")).toEqual([]);
});

test("two collectors of different labels on one store both end well, and store each death once", async () => {
  await setLog("same01", ...Array.from({ length: 300 }, (_, place) => at(100 + place, kill(1000 + place))));
  const bin = join(import.meta.dirname, "../../packages/cli/src/bin.ts");
  const runs = [1, 2].map(
    (nth) =>
      new Promise<{ code: number | null; out: string; err: string }>((resolve) => {
        const labelled = [...collectWords("same01"), "--label", `collector ${nth}`];
        const words = [...labelled, "-o", "json", "--db", join(folder, "same")];
        const child = spawn(process.execPath, ["--conditions=inquest-source", bin, ...words]);
        const heard = { out: "", err: "" };
        child.stdout.on("data", (chunk: Buffer) => (heard.out += chunk.toString()));
        child.stderr.on("data", (chunk: Buffer) => (heard.err += chunk.toString()));
        child.once("close", (code) => resolve({ code, ...heard }));
      }),
  );
  const ended = await Promise.all(runs);
  expect(ended.map(({ code }) => code)).toEqual([0, 0]);
  const fresh = ended.map(({ out }) => (JSON.parse(out) as { new_incidents: number }).new_incidents);
  expect(fresh.toSorted((a, b) => a - b)).toEqual([0, 300]);
  expect(await incidents("same")).toHaveLength(300);
  expect(JSON.parse((await ask("same", "runs", "-o", "json")).out)).toHaveLength(2);
});
