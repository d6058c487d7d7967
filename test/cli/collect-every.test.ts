import { existsSync, readFileSync, rmSync } from "node:fs";
import { mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openStore } from "@inquest/store";
import { inRounds } from "../../packages/cli/src/collection/in-rounds.ts";
import { run } from "../../packages/cli/src/run.ts";
import { memoryIo } from "../support/memory-io.ts";
import type { HostFleet } from "../support/test-fleet.ts";
import { startFleet } from "../support/test-fleet.ts";

let fleet: HostFleet;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "inquest-every-"));
  fleet = await startFleet({ every01: { files: { "dev/kmsg": "6,1,5000000,-;eth0: up\n" } }, every02: {} });
});
afterAll(async () => {
  await fleet.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Waits until something is so; the test's own timeout ends it. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 50));
}

test("collects again and again until a signal, with the lists as they are by then", async () => {
  const list = join(folder, "hosts.txt");
  const db = join(folder, "inquest.db");
  await writeFile(list, "every01\n");
  const io = memoryIo({
    cwd: folder,
    env: { HOME: folder, PATH: process.env["PATH"] ?? "" },
    nowMs: Date.now(),
  });
  const words = ["collect", "-b", "-F", fleet.configFile, "-f", list, "--every", "1s", "--db", db];
  const ended = run(words, io);
  const runsDone = async (): Promise<number> => {
    const store = await openStore(db);
    const runs = await store.runs(null);
    await store.close();
    return runs.filter(({ finishedMs }) => finishedMs !== null).length;
  };
  await until(async () => (await runsDone()) >= 2);
  await writeFile(list, "every01\nevery02\n");
  const seen = await runsDone();
  await until(async () => (await runsDone()) >= seen + 2);
  rmSync(list);
  await until(async () => io.err().includes("the hosts of the round before are visited"));
  io.interrupt("SIGTERM");
  expect(await ended).toBe(143);

  const store = await openStore(db);
  const [latest] = await store.runs(1);
  const hosts = await store.hosts();
  await store.close();
  expect(latest?.selected).toBe(2);
  expect(hosts.map(({ host }) => host)).toEqual(["every01", "every02"]);
  // The lock went with it: nobody has to take it over.
  expect(
    await run(
      ["collect", "-b", "-F", fleet.configFile, "-w", "every01", "--db", db],
      memoryIo({ cwd: folder, env: { HOME: folder, PATH: process.env["PATH"] ?? "" }, nowMs: Date.now() }),
    ),
  ).toBe(0);
});

test("a later round that cannot write its metrics says so and is followed by others", async () => {
  const list = join(folder, "later.txt");
  const metrics = join(folder, "metrics");
  await writeFile(list, "every01\n");
  await mkdir(metrics);
  const io = memoryIo({
    cwd: folder,
    env: { HOME: folder, PATH: process.env["PATH"] ?? "" },
    nowMs: Date.now(),
    stdin: "every01\n",
  });
  const lists = ["-f", "-", "-f", list, "--every", "1s"];
  const prom = ["-q", "--prometheus", join(metrics, "inquest.prom")];
  const ended = run(
    ["collect", "-b", "-F", fleet.configFile, ...lists, ...prom, "--db", join(folder, "later.db")],
    io,
  );
  const written = (): string =>
    existsSync(join(metrics, "inquest.prom")) ? readFileSync(join(metrics, "inquest.prom"), "utf8") : "";
  await until(async () => written().includes('host="every01"'));
  await rename(metrics, `${metrics}-away`);
  await until(async () => io.err().includes("inquest.prom: the file cannot be written"));
  expect(io.err()).toContain("hint: name another file with --prometheus\n");
  // Beside stdin, which is kept, the file is read anew.
  await writeFile(list, "every02\n");
  await mkdir(metrics);
  await until(async () => written().includes('host="every02"'));
  expect(written()).toContain('host="every01"');
  io.interrupt("SIGINT");
  expect(await ended).toBe(130);
});

test("what cannot be done in the first round ends the command", async () => {
  const io = memoryIo({
    cwd: folder,
    env: { HOME: folder, PATH: process.env["PATH"] ?? "" },
    nowMs: Date.now(),
  });
  const words = ["collect", "-b", "-F", fleet.configFile, "-w", "every01", "--every", "1h"];
  const prom = ["--prometheus", join(folder, "nowhere", "inquest.prom"), "--db", join(folder, "first.db")];
  expect(await run([...words, ...prom], io)).toBe(74);
});

test("a distance without a unit, or of nothing, is refused", async () => {
  const io = memoryIo({ cwd: folder });
  expect(await run(["collect", "-w", "web01", "--every", "30"], io)).toBe(2);
  expect(io.err()).toContain('--every: time span "30" is not understood');
});

test("a signal between two rounds ends them at once, and listeners do not add up", async () => {
  const controller = new AbortController();
  const rounds: number[] = [];
  const code = await inRounds(
    {
      everyMs: 3_600_000,
      signal: controller.signal,
      random: () => 0,
      say: async () => {},
      complain: async () => {},
    },
    async (nth) => {
      rounds.push(nth);
      setTimeout(() => controller.abort("SIGINT"), 20);
      return 0;
    },
  );
  expect({ code, rounds }).toEqual({ code: 130, rounds: [0] });
});

test("a round that takes longer than they are apart leaves out what it missed", async () => {
  const controller = new AbortController();
  const said: string[] = [];
  await inRounds(
    {
      everyMs: 30,
      signal: controller.signal,
      random: () => 0,
      say: async (line) => void said.push(line),
      complain: async () => {},
    },
    async (nth) => {
      if (nth === 1) controller.abort("SIGINT");
      else await new Promise((resolve) => setTimeout(resolve, 80));
      return 0;
    },
  );
  expect(said).toEqual([expect.stringMatching(/^the round took \d+\.\d s: \d+ left out$/)]);
});
