import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { run } from "../../packages/cli/src/run.ts";
import { memoryIo } from "../support/memory-io.ts";
import type { HostFleet } from "../support/test-fleet.ts";
import { startFleet } from "../support/test-fleet.ts";

/** Files of a host that change between visits. */
const views = {
  ring: "dev/kmsg",
  boot: "proc/sys/kernel/random/boot_id",
  stat: "proc/stat",
  uptime: "proc/uptime",
  self: "proc/self/stat",
  vmstat: "proc/vmstat",
  mounts: "proc/self/mountinfo",
} as const;
type View = keyof typeof views;
type Name = "machine01" | "ct01" | "ct02";

let fleet: HostFleet;
let folder: string;

const bootOf = (digit: number): string => `${String(digit).repeat(8)}-5a0d-4c9e-9b3e-2d7f00c1a5e4`;
const kill = (pid: number): string =>
  `Out of memory: Killed process ${pid} (java) total-vm:800kB, anon-rss:600kB, file-rss:4kB, shmem-rss:0kB, UID:1000 pgtables:8kB oom_score_adj:0`;
const record = (seq: number, text: string, stampUs: number): string => `3,${seq},${stampUs},-;${text}\n`;
/** Records a microsecond apart. */
const chatter = (from: number, to: number, stampUs: number, words = "link is up"): string =>
  Array.from({ length: to - from + 1 }, (_, at) =>
    record(from + at, `eth0: ${words} ${from + at}`, stampUs + at),
  ).join("");

const set = (name: Name, view: View, text: string): Promise<void> =>
  writeFile(join(folder, `${name}.${view}`), text);

/** The kernel's clocks of a host that booted so many seconds ago; `ownUptimeS` is what its container shows. */
async function setClocks(name: Name, bootAgoS: number, ownUptimeS: number | null = null): Promise<void> {
  const mount = "22 27 0:21 / /proc rw,relatime - proc proc rw\n";
  const lxcfs = "31 22 0:40 /proc/uptime /proc/uptime rw,nosuid - fuse.lxcfs lxcfs rw\n";
  await set(name, "stat", `btime ${Math.floor(Date.now() / 1000 - bootAgoS)}\n`);
  await set(name, "uptime", `${(ownUptimeS ?? bootAgoS).toFixed(2)} 9.00\n`);
  const ticks = Math.round(bootAgoS * 100);
  await set(name, "self", `41 (sh) R 1 41 41 0 -1 4194304 90 0 0 0 0 0 0 0 20 0 1 0 ${ticks} 2654208 164\n`);
  await set(name, "mounts", mount + (ownUptimeS === null ? "" : lxcfs));
}

async function ask(...words: readonly string[]) {
  const env = { HOME: folder, PATH: process.env["PATH"] ?? "" };
  const io = memoryIo({ env, cwd: folder, nowMs: Date.now() });
  const code = await run([...words, "--db", join(folder, "inquest.db")], io);
  return { code, out: io.out(), err: io.err() };
}
const asked = async <T>(...words: readonly string[]): Promise<T> =>
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what the command prints is what is tested
  JSON.parse((await ask(...words, "-o", "json")).out) as T;
const collect = (name: string): Promise<{ new_incidents: number; known_incidents: number }> =>
  asked("collect", "-b", "-F", fleet.configFile, "-w", name);

interface Row {
  readonly kind: string;
  readonly host: string;
  readonly also_on: readonly string[];
  readonly at: string;
  readonly at_error_s: number;
  readonly at_method: string;
  readonly detail: string | null;
  readonly victim: { readonly pid: number | null };
}
const incidents = (...words: readonly string[]): Promise<readonly Row[]> => asked("incidents", ...words);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "inquest-history-"));
  const view = (name: Name) => ({
    files: Object.fromEntries(Object.values(views).map((path) => [path, null])),
    links: Object.fromEntries(
      Object.entries(views).map(([key, path]) => [path, join(folder, `${name}.${key}`)]),
    ),
    commands: { date: null },
  });
  fleet = await startFleet({ machine01: view("machine01"), ct01: view("ct01"), ct02: view("ct02") });
}, 60_000);
afterAll(async () => {
  await fleet?.stop();
  await rm(folder, { recursive: true, force: true });
});

test("a machine over an overrun ring, a restored snapshot and a reboot: each death once, each gap told", async () => {
  // Stamps follow the kernel's age, as on a real machine: what is new at a visit was printed since the one before.
  let bootMs = Date.now() - 86_400_000;
  const stampAt = (atMs: number): number => Math.round((atMs - bootMs) * 1000);
  const shown = (ring: string): Promise<void> => set("machine01", "ring", ring);
  const clocks = (): Promise<void> => setClocks("machine01", (Date.now() - bootMs) / 1000);
  const diedMs: Record<number, number> = {};
  const death = (seq: number, pid: number, atMs = Date.now()): string => {
    diedMs[pid] = atMs;
    return record(seq, kill(pid), stampAt(atMs));
  };

  const hourAgoMs = Date.now() - 3_600_000;
  await set("machine01", "boot", `${bootOf(1)}\n`);
  await set("machine01", "vmstat", "oom_kill 1\n");
  await clocks();
  await shown(
    chatter(1000, 1999, stampAt(hourAgoMs - 1000)) +
      death(2000, 11, hourAgoMs) +
      chatter(2001, 2050, stampAt(hourAgoMs + 1000)),
  );
  expect(await collect("machine01")).toMatchObject({ new_incidents: 1, known_incidents: 0 });

  // The ring runs over: records 2051 to 2100 are gone, a kill among them that only the kernel's count knows of.
  const takenMs = Date.now();
  const kept = chatter(2101, 2500, stampAt(takenMs));
  const middle = chatter(2501, 2999, stampAt(takenMs + 1));
  await set("machine01", "vmstat", "oom_kill 3\n");
  await clocks();
  await shown(kept + middle + death(3000, 12, takenMs + 2) + chatter(3001, 3050, stampAt(takenMs + 3)));
  expect(await collect("machine01")).toMatchObject({ new_incidents: 1, known_incidents: 0 });
  expect(await asked("hosts", "machine01")).toMatchObject([{ unseen_kills: 1 }]);

  // Put back to a snapshot taken at record 2500: age and numbers go on from there, and the log says something else.
  bootMs += Date.now() - takenMs - 5;
  const after = kept + chatter(2501, 3100, stampAt(Date.now()), "other words");
  const third = after + death(3101, 13, Date.now() + 1);
  await clocks();
  await shown(third);
  expect(await collect("machine01")).toMatchObject({ new_incidents: 1, known_incidents: 0 });

  await clocks();
  await shown(third + record(3102, "reboot: Restarting system", stampAt(Date.now())));
  expect(await collect("machine01")).toMatchObject({ new_incidents: 0 });

  // Another boot, since the visit before.
  await set("machine01", "boot", `${bootOf(2)}\n`);
  await set("machine01", "vmstat", "oom_kill 0\n");
  bootMs = Date.now();
  await clocks();
  await shown(record(0, "Linux version 6.1.0", 0) + record(1, "eth0: link is up", 1));
  expect(await collect("machine01")).toMatchObject({ new_incidents: 1, known_incidents: 0 });

  const rows = await incidents("machine01");
  const deaths = rows.filter(({ kind }) => kind === "oom-kill");
  expect(deaths.map(({ victim }) => victim.pid ?? 0).toSorted((one, other) => one - other)).toEqual([
    11, 12, 13,
  ]);
  for (const { victim, at, at_error_s: errorS } of deaths) {
    const awayMs = Math.abs(Date.parse(at) - (diedMs[victim.pid ?? 0] ?? Number.NaN));
    expect(awayMs, `${victim.pid} at ${at}`).toBeLessThanOrEqual(errorS * 1000);
  }
  const others = rows.filter(({ kind }) => kind !== "oom-kill");
  expect(others).toMatchObject([
    { kind: "reboot", detail: expect.stringMatching(/^clean shutdown: reboot: Restarting system/) as string },
  ]);
  expect(others[0]?.detail).toMatch(/; 1 kill in the 10 min before$/);
  const [host] = await asked<
    [{ gaps: { kind: string; lost: number | null }[]; boots: number; unseen_kills: number }]
  >("hosts", "machine01");
  expect(host.gaps.map(({ kind, lost }) => [kind, lost])).toEqual([
    ["lost", 50],
    ["new-boot", null],
    ["new-boot", null],
  ]);
  expect(host).toMatchObject({ boots: 3, unseen_kills: 0 });
}, 30_000);

test("two containers of one kernel, each with its own uptime: one death, in the past, with an interval that holds", async () => {
  const bootAgoS = 900_000;
  const killedAgoS = 5000;
  const stampUs = Math.round((bootAgoS - killedAgoS) * 1e6);
  for (const name of ["ct01", "ct02"] as const) {
    await set(name, "boot", `${bootOf(3)}\n`);
    await set(name, "vmstat", "oom_kill 4\n");
    // The kernel's stamps lie far beyond what the container says of its age.
    await setClocks(name, bootAgoS, 1361.76);
    await set(
      name,
      "ring",
      record(4000, "eth0: link is up", stampUs - 5e6) + record(4001, kill(4711), stampUs),
    );
  }
  const truthMs = Date.now() - killedAgoS * 1000;
  expect(await collect("ct[01-02]")).toMatchObject({ new_incidents: 1, known_incidents: 1 });
  for (const name of ["ct01", "ct02"]) {
    const [death, ...others] = await incidents(name);
    expect(others).toEqual([]);
    expect([death?.host, ...(death?.also_on ?? [])].toSorted()).toEqual(["ct01", "ct02"]);
    expect(death?.at_method).toBe("foreign-uptime");
    const awayS = Math.abs(Date.parse(death?.at ?? "") - truthMs) / 1000;
    expect(awayS).toBeLessThanOrEqual((death?.at_error_s ?? 0) + 1);
  }
  const hosts = await asked<{ unseen_kills: number; kills_24h: number }[]>("hosts", "ct[01-02]");
  expect(hosts).toMatchObject([
    { unseen_kills: 3, kills_24h: 1 },
    { unseen_kills: 3, kills_24h: 1 },
  ]);
  expect((await ask("hosts", "ct01")).out).toMatch(/3 kills without a line/);
});
