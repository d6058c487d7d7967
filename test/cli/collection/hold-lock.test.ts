import { spawnSync } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { holdLock } from "../../../packages/cli/src/collection/hold-lock.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "inquest-lock-"));
});
afterEach(async () => rm(folder, { recursive: true }));

const nowMs = Date.parse("2026-11-23T03:00:00Z");
const store = (): string => join(folder, "inquest.db");
const lockFile = (): string => `${store()}-collect.lock`;

test("keeps a second run off the same store and says who holds it since when", async () => {
  const release = await holdLock(store(), null, nowMs);
  await expect(holdLock(store(), null, nowMs)).rejects.toMatchObject({
    code: "locked",
    exitCode: 74,
    message: expect.stringMatching(
      new RegExp(`^process ${process.pid} on .*, since 2026-11-23T03:00:00Z, is still collecting`),
    ),
    hint: expect.stringContaining(lockFile()),
  });
  await release();
  await (
    await holdLock(store(), null, nowMs)
  )();
  expect(await readdir(folder)).toEqual([]);
});

test("lets runs of different labels pass, whatever they are called", async () => {
  const releases = [
    await holdLock(store(), null, nowMs),
    await holdLock(store(), "../../night", nowMs),
    await holdLock(store(), "day", nowMs),
  ];
  await expect(holdLock(store(), "day", nowMs)).rejects.toMatchObject({ code: "locked" });
  for (const release of releases) await release();
  expect(await readdir(folder)).toEqual([]);
});

test("takes over the lock of a dead process, of one whose number is another's now, and one that is no lock", async () => {
  const dead = spawnSync("true").pid;
  const { startTicks, machine } = await heldWords();
  const holders = [
    { pid: dead, machine, startTicks, sinceMs: nowMs },
    { pid: process.pid, machine, startTicks: "1", sinceMs: nowMs },
    "half a li",
  ];
  for (const holder of holders) {
    await writeFile(lockFile(), JSON.stringify(holder).slice(0, -1) + (holder === "half a li" ? "" : "}"));
    await (
      await holdLock(store(), null, nowMs)
    )();
    expect(await readdir(folder)).toEqual([]);
  }
});

test("leaves the lock of another machine alone: nobody can tell from here", async () => {
  const holder = { pid: 1, machine: "elsewhere", startTicks: "1", sinceMs: nowMs };
  await writeFile(lockFile(), JSON.stringify(holder));
  await expect(holdLock(store(), null, nowMs)).rejects.toThrow("process 1 on elsewhere");
});

test("goes to one of many that find a dead one", async () => {
  const { machine } = await heldWords();
  const holder = { pid: spawnSync("true").pid, machine, startTicks: null, sinceMs: nowMs };
  await writeFile(lockFile(), JSON.stringify(holder));
  const script = `import { holdLock } from ${JSON.stringify(join(import.meta.dirname, "../../../packages/cli/src/collection/hold-lock.ts"))};
    holdLock(process.argv[1], null, 0).then(() => { console.log("mine"); setTimeout(() => {}, 1500); }, () => console.log("theirs"));`;
  const { spawn } = await import("node:child_process");
  const answers = await Promise.all(
    Array.from({ length: 4 }, async () => {
      const child = spawn(
        process.execPath,
        ["--conditions=inquest-source", "--input-type=module", "-e", script, store()],
        {
          cwd: join(import.meta.dirname, "../../../packages/cli"),
          stdio: ["ignore", "pipe", "ignore"],
        },
      );
      let said = "";
      child.stdout.on("data", (chunk: Buffer) => (said += chunk.toString()));
      return new Promise<string>((resolve) => child.once("close", () => resolve(said.trim())));
    }),
  );
  expect(answers.toSorted()).toEqual(["mine", "theirs", "theirs", "theirs"]);
});

async function heldWords(): Promise<{ readonly machine: string; readonly startTicks: string | null }> {
  const release = await holdLock(store(), null, nowMs);
  const words = JSON.parse(await readFile(lockFile(), "utf8")) as { machine: string; startTicks: string };
  await release();
  return words;
}
