import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openStore } from "@inquest/store";
import { run } from "../../packages/cli/src/run.ts";
import { memoryIo } from "../support/memory-io.ts";
import type { HostFleet } from "../support/test-fleet.ts";
import { startFleet } from "../support/test-fleet.ts";

let fleet: HostFleet;
let folder: string;

const bootId = "7c2d9a10-5a0d-4c9e-9b3e-2d7f00c1a5e4";
const bootAgoS = 900_000;
const killedAgoS = 5000;
/** The kernel's clock stood still for so long since the boot: what the uptime says of its stamps is wrong by that. */
const pausedS = 3600;
const bootMs = Date.now() - bootAgoS * 1000;
const zeroMs = bootMs + pausedS * 1000;
const killedMs = Date.now() - killedAgoS * 1000;
const stampAt = (atMs: number): number => Math.round((atMs - zeroMs) * 1000);

const names = ["marked01", "plain01", "sudo01", "refused01"] as const;
/** A death of its own on each host, for they are no containers of one kernel. */
const killed = (pid: number): string =>
  `Out of memory: Killed process ${pid} (java) total-vm:800kB, anon-rss:600kB, file-rss:4kB, shmem-rss:0kB, UID:1000 pgtables:8kB oom_score_adj:0`;
const logOf = (name: string): string =>
  [
    `6,4000,${stampAt(killedMs - 5000)},-;eth0: link is up\n`,
    `3,4001,${stampAt(killedMs)},-;${killed(4711 + names.findIndex((one) => one === name))}\n`,
  ].join("");

/** What the kernel makes of a line that is written into its log: a record of user space with the stamp of that moment. */
const readRing = `f=\${1#if=}
exec awk -v at="$(stat -L -c %.9Y "$f")" -v zero=${zeroMs / 1000} '
  /^<7>/ { printf "15,4002,%.0f,-;%s\\n", (at - zero) * 1e6, substr($0, 4); next }
  { print }' "$f"`;

const ringOf = (name: string): string => join(folder, `${name}.ring`);

async function ask(...words: readonly string[]) {
  const env = { HOME: folder, PATH: process.env["PATH"] ?? "" };
  const io = memoryIo({ env, cwd: folder, nowMs: Date.now() });
  const code = await run([...words, "--db", join(folder, "inquest.db")], io);
  return { code, out: io.out(), err: io.err() };
}
const collect = (name: string, ...words: readonly string[]) =>
  ask("collect", "-b", "-F", fleet.configFile, "-w", name, ...words);

interface Row {
  readonly id: string;
  readonly at: string;
  readonly at_error_s: number;
  readonly at_method: string;
}
async function deathOn(name: string): Promise<Row> {
  const { out } = await ask("incidents", name, "-o", "json");
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what the command prints is what is tested
  const [row, ...others] = JSON.parse(out) as readonly Row[];
  expect(others).toEqual([]);
  if (row === undefined) throw new Error(`no incident on ${name}`);
  return row;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "inquest-mark-"));
  const uptime = join(folder, "uptime");
  await writeFile(uptime, `${bootAgoS.toFixed(2)} 9.00\n`);
  const host = (name: string, sudo: string | null) => ({
    files: {
      "dev/kmsg": null,
      "proc/uptime": null,
      "proc/self/stat": `41 (sh) R 1 41 41 0 -1 4194304 90 0 0 0 0 0 0 0 20 0 1 0 ${bootAgoS * 100} 2654208 164\n`,
      "proc/stat": `btime ${Math.floor(bootMs / 1000)}\n`,
      "proc/sys/kernel/random/boot_id": `${bootId.replace("7c2d", `7c2${names.findIndex((one) => one === name)}`)}\n`,
    },
    links: { "dev/kmsg": ringOf(name), "proc/uptime": uptime },
    commands: { date: null, dd: readRing, ...(sudo === null ? {} : { sudo }) },
  });
  fleet = await startFleet({
    marked01: host("marked01", null),
    plain01: host("plain01", null),
    sudo01: host("sudo01", 'shift; exec "$@"'),
    refused01: { ...host("refused01", null), links: { "proc/uptime": uptime } },
  });
  for (const name of names) await writeFile(ringOf(name), logOf(name));
}, 60_000);
afterAll(async () => {
  await fleet?.stop();
  await rm(folder, { recursive: true, force: true });
});

test("without --mark nothing is written, and the uptime puts a death an hour away from the truth", async () => {
  expect((await collect("plain01")).code).toBe(0);
  expect(await readFile(ringOf("plain01"), "utf8")).toBe(logOf("plain01"));
  const { at, at_method: method } = await deathOn("plain01");
  expect(method).toBe("uptime");
  expect(Math.abs(Date.parse(at) - killedMs)).toBeGreaterThan(3_000_000);
});

test("--mark writes one line and reads it back: it dates the log, by name, and what was dated before it", async () => {
  await collect("marked01");
  const before = await deathOn("marked01");
  expect((await collect("marked01", "--mark")).code).toBe(0);
  const written = (await readFile(ringOf("marked01"), "utf8")).slice(logOf("marked01").length);
  expect(written).toMatch(/^<7>inquest mark [0-9a-f]{16} \d{10}\.\d{9}\n$/);
  const death = await deathOn("marked01");
  expect(death.id).toBe(before.id);
  expect(death.at_method).toBe("near");
  // 100 parts in a million of 5000 s, and what lies between the looks at the clocks.
  expect(death.at_error_s).toBeLessThanOrEqual(2);
  expect(Math.abs(Date.parse(death.at) - killedMs)).toBeLessThanOrEqual(death.at_error_s * 1000);
  const { out } = await ask("show", death.id);
  expect(out).toMatch(/by the line of --mark/);
  expect((await ask("db", "reparse")).code).toBe(0);
  expect(await deathOn("marked01")).toEqual(death);
});

test("the line's word is not that of the probe's sentinels, and the dry run shows it", async () => {
  const { out } = await collect("marked01", "--mark", "--dry-run");
  expect(out).toMatch(/^ {2}exec sh -s -- '' NONCE0NONCE0NONCE0 .* MARK0MARK0MARK00$/m);
  expect((await collect("marked01", "--dry-run")).out).not.toContain("MARK0");
});

test("writes the line by sudo where that is asked for", async () => {
  expect((await collect("sudo01", "--mark", "--sudo", "always")).code).toBe(0);
  expect(await readFile(ringOf("sudo01"), "utf8")).toContain("<7>inquest mark ");
  // What the uptime says and what the line says differ by an hour: the machine stood still before or after the death.
  const death = await deathOn("sudo01");
  expect(death.at_method).toBe("step");
  expect(Math.abs(Date.parse(death.at) - killedMs)).toBeLessThanOrEqual(death.at_error_s * 1000);
});

test("where nobody may write it, the log is read all the same and the visit says so", async () => {
  const { code } = await collect("refused01", "--mark");
  expect(code).toBe(0);
  const store = await openStore(join(folder, "inquest.db"), { readOnly: true });
  const [latest] = await store.runs(1);
  const [visit] = await store.visits(latest?.run ?? 0);
  await store.close();
  expect(visit?.complaints).toEqual(["mark: sudo: a password is required"]);
});
