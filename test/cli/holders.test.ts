import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { run } from "../../packages/cli/src/run.ts";
import { memoryIo } from "../support/memory-io.ts";
import { kernelReport } from "./support/kernel-report.ts";
import type { TaskRow } from "./support/kernel-report.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "inquest-holders-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function ask(db: string, ...argv: readonly string[]) {
  const nowMs = Date.parse("2026-11-23T03:00:00Z");
  const io = memoryIo({ env: { HOME: folder, PATH: "" }, cwd: folder, nowMs, zone: "UTC", columns: 200 });
  const code = await run([...argv, "--db", join(folder, db)], io);
  expect(io.err()).not.toMatch(/error/i);
  return { code, out: io.out(), words: io.out().replaceAll(/\s+/g, " ") };
}

type Running = readonly [pid: number, ppid: number, uid: number, user: string, kiB: number, command: string];

const dead: TaskRow = [502, 541, 2500, "java"];

/** What killed the JVM of web01. */
function logOf(rows: readonly TaskRow[], limited?: string): string {
  return kernelReport({ stampS: 9000, rows, dead, ...(limited === undefined ? {} : { limited }) });
}

/** Imports the log of web01 (died 02:30:00) and what ps showed there at some times of that night. */
async function bring(db: string, log: string, seen: Readonly<Record<string, readonly Running[]>>) {
  writeFileSync(join(folder, `${db}.log`), log);
  const boot = ["--boot-time", "2026-11-20T00:00:00Z", "--tz", "UTC"];
  await ask(db, "import", "--host", "web01", ...boot, `${db}.log`);
  for (const [time, rows] of Object.entries(seen)) {
    const file = `${db}-${time}.ps`;
    const lines = rows.map(
      ([pid, ppid, uid, user, kiB, command]) =>
        `${String(pid).padStart(5)} ${String(ppid).padStart(5)} ${String(uid).padStart(5)} ${user.padEnd(8)} ${String(kiB).padStart(8)} ${String(kiB * 2).padStart(8)} Thu Nov 19 01:00:00 2026 ${(command.split(" ")[0] ?? "").padEnd(15)} ${command}`,
    );
    const header =
      "  PID  PPID   UID USER          RSS      VSZ                  STARTED COMMAND         COMMAND";
    writeFileSync(join(folder, file), [header, ...lines, ""].join("\n"));
    const taken = ["--captured-at", `2026-11-20T${time}Z`, "--tz", "UTC"];
    await ask(db, "import", "--host", "web01", "--format", "ps", ...taken, file);
  }
}

interface Told {
  readonly id: string;
  readonly suspects: readonly Readonly<Record<string, unknown>>[] | null;
  readonly family: unknown;
}

async function onlyDeath(db: string): Promise<Told> {
  const [death] = JSON.parse((await ask(db, "incidents", "-o", "json")).out) as readonly Told[];
  if (death === undefined) throw new Error("no death");
  return death;
}

const compilers = Array.from({ length: 6 }, (_, at) => ({
  pid: 700 + at,
  name: at % 2 === 0 ? "cc1plus" : "ld",
}));
const buildTasks: readonly TaskRow[] = [
  [600, 1000, 100, "make"],
  ...compilers.map(({ pid, name }): TaskRow => [pid, 1000, 300_000, name]),
  [503, 27, 500_000, "mysqld"],
  dead,
];
const buildPs: readonly Running[] = [
  [600, 400, 1000, "alice", 400, "make -j64 all"],
  ...compilers.map(({ pid, name }): Running => [pid, 600, 1000, "alice", 1000, `${name} -o x.o`]),
  [503, 1, 27, "mysql", 2_000_000, "mysqld --defaults-file=/etc/my.cnf"],
  [502, 1, 541, "app", 10_000, "java -jar /srv/shop.jar"],
];

test("a build that no single name betrays is told by the process that started it", async () => {
  await bring("build", logOf(buildTasks), { "02:29:00": buildPs });
  const { id, suspects, family } = await onlyDeath("build");
  expect(suspects?.map(({ name, parent }) => [name, parent])).toEqual([
    ["cc1plus", expect.objectContaining({ pid: 600, name: "make", user: "alice" })],
    ["ld", expect.objectContaining({ pid: 600 })],
    ["mysqld", null],
    ["java", null],
    ["make", null],
  ]);
  expect(family).toEqual({
    head: { pid: 600, name: "make", uid: 1000, user: "alice", args: "make -j64 all" },
    count: 7,
    names: 3,
    rss_kib: 7_200_400,
    swap_kib: 0,
    share: 0.782,
    why: "make [600] (make -j64 all) and what it had started, 7 tasks of 3 names, held up to 6.9 GiB, 78 % of what all tasks held",
  });
  const { out } = await ask("build", "show", id);
  expect(out).toContain(
    "3 tasks of one name and uid held up to 3.4 GiB, 39 % of what all tasks held; started by make [600]",
  );
  expect(out).toContain("make [600] (make -j64 all) and what it had started, 7 tasks of 3 names");
  const { words } = await ask("build", "why", "web01");
  expect(words).toContain(
    "By descent: make [600] (make -j64 all) and what it had started, 7 tasks of 3 names,",
  );
});

test("where one suspect is the whole family, nothing is told twice", async () => {
  const pool = Array.from({ length: 6 }, (_, at): TaskRow => [700 + at, 48, 300_000, "php-fpm"]);
  const ps: readonly Running[] = [
    [600, 1, 0, "root", 400, "php-fpm: master process"],
    ...pool.map(([pid]): Running => [pid, 600, 48, "www", 1000, "php-fpm: pool www"]),
  ];
  await bring("pool", logOf([[600, 0, 100, "php-fpm:"], ...pool, dead]), { "02:29:00": ps });
  const { id } = await onlyDeath("pool");
  expect((await ask("pool", "show", id)).out).not.toContain("what it had started");
  expect((await ask("pool", "why", "web01")).words).not.toContain("By descent");
});

test("who is swapped out is the suspect, and is not cleared by what it holds in RAM", async () => {
  const rows: readonly TaskRow[] = [[501, 1000, 1000, "view", 900_000], [503, 27, 300_000, "mysqld"], dead];
  await bring("swap", logOf(rows), {});
  const { id, suspects } = await onlyDeath("swap");
  expect(suspects?.[0]).toMatchObject({ name: "view", rss_kib: 4000, swap_kib: 3_600_000, share: 0.749 });
  expect((await ask("swap", "show", id)).out).toContain(
    "view (uid 1000): one task held up to 3.4 GiB (3.4 GiB of it in swap), 75 % of what all tasks held",
  );
  expect((await ask("swap", "why", "web01")).words).toContain(
    "view (uid 1000) held the most: up to 3.4 GiB (3.4 GiB of it in swap)",
  );
});

test("a victim that was swapped out is not called innocent for the little it had in RAM", async () => {
  const swapped: TaskRow = [502, 541, 2500, "java", 900_000];
  await bring("same", logOf([[501, 1000, 950_000, "view"], swapped]), {});
  expect((await ask("same", "why", "web01")).words).not.toContain("not the culprit");
});

test("the suspects of a cgroup's limit are told with the cgroup that they all were in", async () => {
  await bring("limit", logOf([[501, 1000, 1000, "view"], dead], "/system.slice/shop.service"), {});
  expect((await onlyDeath("limit")).suspects?.map(({ cgroup }) => cgroup)).toEqual([
    "/system.slice/shop.service",
    "/system.slice/shop.service",
  ]);
  expect((await onlyDeath("build")).suspects?.[0]).toMatchObject({ cgroup: null });
});

const quiet: readonly Running[] = [
  [501, 1, 1000, "alice", 200_000, "view huge.log"],
  [502, 1, 541, "app", 6_000_000, "java -jar /srv/shop.jar"],
];
const grown = quiet.with(0, [501, 1, 1000, "alice", 5_000_000, "view huge.log"]);

test("where the log lists no tasks, the two ps before tell who held most and who had grown", async () => {
  await bring("bare", logOf([]), { "02:07:00": quiet, "02:27:00": grown, "02:50:00": quiet.slice(1) });
  expect((await onlyDeath("bare")).suspects).toBeNull();
  const { words } = await ask("bare", "why", "web01");
  expect(words).toContain(
    "The log does not tell who held the memory. By the ps 3 min before, java (uid 541) held the most: up to 5.7 GiB, 55 % of what all processes held; view (uid 1000) had grown from 195 MiB to 4.8 GiB in 20 min.",
  );
});

test("a ps of the whole machine says nothing of a cgroup whose limit was reached", async () => {
  await bring("bare-limit", logOf([], "/system.slice/shop.service"), {
    "02:07:00": quiet,
    "02:27:00": grown,
  });
  expect((await ask("bare-limit", "why", "web01")).words).not.toContain("By the ps");
});
