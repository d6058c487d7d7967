import { mkdtemp, readFile, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { run } from "../../packages/cli/src/run.ts";
import { memoryIo } from "../support/memory-io.ts";
import type { HostFleet } from "../support/test-fleet.ts";
import { startFleet } from "../support/test-fleet.ts";
import { ask as askStore } from "./support/ask.ts";

let fleet: HostFleet;
let folder: string;
const kill =
  "Out of memory: Killed process 4711 (java) total-vm:800kB, anon-rss:600kB, file-rss:4kB, shmem-rss:0kB, UID:1000 pgtables:8kB oom_score_adj:0";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "inquest-raw-"));
  fleet = await startFleet({
    raw01: { files: { "dev/kmsg": `3,1,5000000,-;${kill}\n` } },
    // Its login shell prints something of its own and never starts the probe.
    noise01: { instead: "printf 'no \\377 probe here'" },
    silent01: { instead: "exit 1" },
  });
});
afterAll(async () => {
  await fleet?.stop();
  await rm(folder, { recursive: true, force: true });
});

const ask = (...words: readonly string[]) =>
  askStore({ folder, db: join(folder, "inquest.db") }, words, {
    env: { HOME: folder, PATH: process.env["PATH"] ?? "" },
    nowMs: Date.now(),
  });
const collect = (...words: readonly string[]) =>
  ask("collect", "-b", "-F", fleet.configFile, "--save-raw", "raw/today", ...words);
const raw = (name: string): Promise<Buffer> => readFile(join(folder, "raw/today", name));

test("keeps what each host wrote, byte for byte, also where it cannot be understood", async () => {
  expect((await collect("-w", "raw01,noise01,silent01")).code).toBe(5);
  expect((await raw("raw01")).toString()).toMatch(/^\n@inquest:[0-9a-f]{32} open /);
  expect((await raw("raw01")).toString()).toContain(`3,1,5000000,-;${kill}\n`);
  expect(await raw("noise01")).toEqual(
    Buffer.from([...Buffer.from("no "), 0xff, ...Buffer.from(" probe here")]),
  );
  expect((await readdir(join(folder, "raw/today"))).toSorted()).toEqual(["noise01", "raw01"]);
  expect((await stat(join(folder, "raw/today/raw01"))).mode & 0o777).toBe(0o600);
});

test("a later answer takes the place of the one before, and no answer leaves it", async () => {
  const before = await raw("raw01");
  expect((await collect("-w", "raw01", "-l", "nobody-knows-me")).code).toBe(4);
  expect(await raw("raw01")).toEqual(before);
  expect((await collect("-w", "raw01")).code).toBe(0);
  expect(await raw("raw01")).not.toEqual(before);
});

test("an answer that was cut is kept beside the whole one, as a part", async () => {
  const before = await raw("raw01");
  expect((await collect("-w", "raw01", "--full", "--max-output", "1k")).code).toBe(5);
  expect(await raw("raw01")).toEqual(before);
  expect((await raw("raw01+partial")).length).toBeGreaterThan(0);
  await collect("-w", "raw01");
  expect(await readdir(join(folder, "raw/today"))).not.toContain("raw01+partial");
});

test("a folder that cannot be made ends the command before anything is visited", async () => {
  await writeFile(join(folder, "file"), "");
  const { code, err } = await ask(
    "collect",
    "-b",
    "-F",
    fleet.configFile,
    "-w",
    "raw01",
    "--save-raw",
    "file/raw",
  );
  expect(code).toBe(74);
  expect(err).toMatch(
    /file\/raw: cannot be written \(ENOTDIR.*\)\nhint: name another folder with --save-raw\n$/,
  );
});

test("a saved answer is read by import: its kernel log, and no line of the rest", async () => {
  const db = ["--db", join(folder, "imported.db")];
  await collect("-w", "raw01", "--full");
  const io = memoryIo({ cwd: folder, nowMs: Date.now() });
  expect(await run(["import", "raw/today/raw01", ...db], io)).toBe(0);
  const seen = memoryIo({ cwd: folder, nowMs: Date.now() });
  expect(await run(["incidents", "-o", "json", ...db], seen)).toBe(0);
  expect(JSON.parse(seen.out())).toMatchObject([{ host: "raw01", victim: { pid: 4711, name: "java" } }]);
});
