import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openStore } from "@inquest/store";
import { run } from "../../packages/cli/src/run.ts";
import { memoryIo } from "../support/memory-io.ts";
import type { HostFleet } from "../support/test-fleet.ts";
import { startFleet } from "../support/test-fleet.ts";

/** Hosts whose ring a test fills: by /dev/kmsg with sequence numbers, or by dmesg. */
const names = ["kmsg01", "dmesg01", "storm01", "wraps01", "boots01", "full01"] as const;
type Name = (typeof names)[number];

let fleet: HostFleet;
let folder: string;

const bootOf = (digit: number): string => `${String(digit).repeat(8)}-5a0d-4c9e-9b3e-2d7f00c1a5e4`;
const fileOf = (name: Name, kind: "ring" | "boot"): string => join(folder, `${name}.${kind}`);

/** A record every 10 s: its number is tens of seconds since boot. */
const record = (at: number, text: string, stampS = at * 10): string => `3,${at},${stampS * 1e6},-;${text}\n`;
const quiet = (from: number, to: number): string =>
  Array.from({ length: to - from + 1 }, (_, place) =>
    record(from + place, `eth0: link became ready, attempt ${from + place}`),
  ).join("");
const toDmesg = (kmsg: string): string =>
  kmsg.replaceAll(
    /^(\d+),\d+,(\d+),-;/gm,
    (_, level, stamp) => `<${level}>[${(Number(stamp) / 1e6).toFixed(6).padStart(12)}] `,
  );

/** A report of a kill with so many tasks, all printed within a second. */
const report = (from: number, pid: number, tasks = 20): readonly string[] =>
  [
    "java invoked oom-killer: gfp_mask=0x140cca(GFP_HIGHUSER_MOVABLE|__GFP_COMP), order=0, oom_score_adj=0",
    "Mem-Info:",
    "Node 0 DMA32 free:9000kB min:9100kB low:11000kB high:13000kB active_anon:36000kB inactive_anon:0kB",
    "Free swap  = 0kB",
    "Total swap = 0kB",
    "20000 pages RAM",
    "Tasks state (memory values in pages):",
    "[  pid  ]   uid  tgid total_vm      rss pgtables_bytes swapents oom_score_adj name",
    ...Array.from({ length: tasks }, (_, row) => {
      const own = row === 0 ? pid : 20_000 + row;
      return `[${String(own).padStart(7)}]  1000 ${own}    10000     ${row === 0 ? 9000 : 10}    81920        0             0 ${row === 0 ? "java" : "worker"}`;
    }),
    `oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),cpuset=/,mems_allowed=0,global_oom,task_memcg=/,task=java,pid=${pid},uid=1000`,
    `Out of memory: Killed process ${pid} (java) total-vm:40000kB, anon-rss:36000kB, file-rss:4kB, shmem-rss:0kB, UID:1000 pgtables:80kB oom_score_adj:0`,
  ].map((text, place) => record(from + place, text, from * 10 + place / 1000));

const setRing = (name: Name, text: string): Promise<void> =>
  writeFile(fileOf(name, "ring"), name === "dmesg01" ? toDmesg(text) : text);
const setBoot = (name: Name, digit: number): Promise<void> =>
  writeFile(fileOf(name, "boot"), `${bootOf(digit)}\n`);

async function ask(name: Name, ...words: readonly string[]) {
  const env = { HOME: folder, PATH: process.env["PATH"] ?? "" };
  const io = memoryIo({ env, cwd: folder, nowMs: Date.now() });
  const code = await run([...words, "--db", join(folder, `${name}.db`)], io);
  return { code, out: io.out(), err: io.err() };
}

/** One collection of one host: its state, its new deaths, and the bytes of kernel log that travelled. */
async function collect(name: Name, ...words: readonly string[]) {
  const asked = ["collect", "-b", "-F", fleet.configFile, "-w", name, "-o", "json", ...words];
  const answer = JSON.parse((await ask(name, ...asked)).out) as {
    run: number;
    hosts: Readonly<Record<string, number>>;
    new_incidents: number;
  };
  const store = await openStore(join(folder, `${name}.db`), { readOnly: true });
  const sections = await store.evidence(name, answer.run);
  const [visit] = await store.visits(answer.run);
  await store.close();
  const log = sections.find(({ section }) => section === "kernel-log");
  return {
    state: Object.keys(answer.hosts).find((key) => key !== "selected" && answer.hosts[key] === 1),
    fresh: answer.new_incidents,
    bytes: log?.bytes.length ?? null,
    continuity: visit?.coverage?.continuity ?? null,
    newBytes: visit?.coverage?.newBytes ?? null,
  };
}

async function shown(name: Name): Promise<readonly { report_grade: string; task_count: number }[]> {
  return JSON.parse((await ask(name, "incidents", "-o", "json")).out);
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "inquest-incremental-"));
  const bootId = "proc/sys/kernel/random/boot_id";
  const kmsg = (name: Name) => ({
    files: { "dev/kmsg": null, [bootId]: null },
    links: { "dev/kmsg": fileOf(name, "ring"), [bootId]: fileOf(name, "boot") },
  });
  fleet = await startFleet({
    kmsg01: kmsg("kmsg01"),
    dmesg01: {
      files: { "dev/kmsg": null, [bootId]: null },
      links: { [bootId]: fileOf("dmesg01", "boot") },
      commands: { dmesg: `cat '${fileOf("dmesg01", "ring")}'` },
    },
    storm01: kmsg("storm01"),
    wraps01: kmsg("wraps01"),
    boots01: kmsg("boots01"),
    full01: kmsg("full01"),
  });
  for (const name of names) await setBoot(name, 1);
}, 60_000);
afterAll(async () => {
  await fleet?.stop();
  await rm(folder, { recursive: true, force: true });
});

test.each(["kmsg01", "dmesg01"] as const)(
  "a quiet host sends its log once, then little; a kill between two readings is one whole incident: %s",
  async (name) => {
    await setRing(name, quiet(1000, 4000));
    const first = await collect(name);
    expect(first).toMatchObject({ state: "ok-truncated", continuity: "first-contact", fresh: 0 });
    expect(first.bytes).toBeGreaterThan(150_000);
    const again = await collect(name);
    expect(again).toMatchObject({ state: "ok", continuity: "complete", fresh: 0, newBytes: 0 });
    expect(again.bytes).toBeLessThan(4096);
    const killed = report(4001, 4711).join("");
    await setRing(name, quiet(1000, 4000) + killed);
    const third = await collect(name);
    expect(third).toMatchObject({ state: "ok", continuity: "complete", fresh: 1 });
    expect(third.bytes).toBeLessThan(4096 + killed.length);
    expect(await collect(name)).toMatchObject({ state: "ok", fresh: 0, newBytes: 0 });
    expect(await shown(name)).toMatchObject([{ report_grade: "complete", task_count: 20 }]);
  },
);

test("a report that was being printed at one reading is whole after the next, and after db reparse", async () => {
  const printed = report(2001, 4711, 300);
  await setRing("storm01", quiet(1000, 2000) + printed.slice(0, 150).join(""));
  expect(await collect("storm01")).toMatchObject({ state: "ok-truncated" });
  await setRing("storm01", quiet(1000, 2000) + printed.join("") + quiet(2400, 2500));
  expect(await collect("storm01")).toMatchObject({ state: "ok", continuity: "complete" });
  await collect("storm01");
  const whole = await shown("storm01");
  expect(whole).toMatchObject([{ report_grade: "complete", confirmed: true, task_count: 300 }]);
  const reparsed = await ask("storm01", "db", "reparse");
  expect(reparsed.code).toBe(0);
  expect(await shown("storm01")).toEqual(whole);
});

test("a ring that has run over sends everything, and the records lost are counted", async () => {
  await setRing("wraps01", quiet(1000, 2000));
  await collect("wraps01");
  await setRing("wraps01", quiet(2051, 3050));
  const wrapped = await collect("wraps01");
  expect(wrapped).toMatchObject({ state: "ok-truncated", continuity: "lost" });
  expect(wrapped.bytes).toBe(quiet(2051, 3050).length);
  const [row] = JSON.parse((await ask("wraps01", "hosts", "-o", "json")).out) as [{ gaps: object[] }];
  expect(row.gaps).toMatchObject([{ lost: 50, kind: "lost" }]);
});

test("a host that has booted sends everything", async () => {
  await setRing("boots01", quiet(1000, 2000));
  await collect("boots01");
  await setBoot("boots01", 2);
  const booted = record(0, "Linux version 6.1.0", 0) + quiet(1, 2000);
  await setRing("boots01", booted);
  expect(await collect("boots01")).toMatchObject({
    state: "ok",
    continuity: "new-boot",
    bytes: booted.length,
  });
});

test("--full sends everything again, and the dry run shows from where on a host is read", async () => {
  await setRing("full01", quiet(1000, 2000));
  const { bytes } = await collect("full01");
  expect(await collect("full01", "--full")).toMatchObject({ state: "ok", continuity: "complete", bytes });
  const dry = ["collect", "-b", "-F", fleet.configFile, "-w", "full01", "--dry-run"];
  expect((await ask("full01", ...dry)).out).toContain(` 4194304 ${bootOf(1)} 2000 20000000000 ''\n`);
  expect((await ask("full01", ...dry, "--full")).out).not.toContain(bootOf(1));
});
