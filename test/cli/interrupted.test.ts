import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openStore } from "@inquest/store";
import type { HostFleet } from "../support/test-fleet.ts";
import { hang, startFleet } from "../support/test-fleet.ts";

let fleet: HostFleet;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "inquest-interrupted-"));
  fleet = await startFleet({
    quick01: {},
    quick02: {},
    hangs01: { instead: hang },
    hangs02: { instead: hang },
    late01: {},
  });
});
afterAll(async () => {
  await fleet.stop();
  await rm(folder, { recursive: true, force: true });
});

const bin = join(import.meta.dirname, "../../packages/cli/src/bin.ts");

/** The command as its own process, two hosts in flight: late01 waits for ever behind the two that hang. */
function startCollect(db: string): {
  readonly child: ChildProcess;
  readonly ended: Promise<{ code: number | null; err: string }>;
} {
  const words = [
    "collect",
    "-b",
    "-p",
    "2",
    "-F",
    fleet.configFile,
    "-w",
    "quick01,quick02,hangs01,hangs02,late01",
    "--db",
    db,
  ];
  const child = spawn(process.execPath, ["--conditions=inquest-source", bin, ...words], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  let err = "";
  child.stderr.on("data", (chunk: Buffer) => (err += chunk.toString()));
  return { child, ended: new Promise((resolve) => child.once("close", (code) => resolve({ code, err }))) };
}

async function statesOf(db: string): Promise<Readonly<Record<string, string>>> {
  const store = await openStore(db, { readOnly: true });
  try {
    return Object.fromEntries((await store.visits(1)).map(({ host, state }) => [host, state]));
  } finally {
    await store.close();
  }
}

async function untilBothQuickAreStored(db: string): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    const states = await statesOf(db).catch(() => ({}));
    if (Object.keys(states).length >= 2) return;
    await sleep(100);
  }
  throw new Error("the quick hosts were not stored within 20 s");
}

test.each([
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const)("%s stops starting, keeps what is done and exits %i", async (signal, expected) => {
  const db = join(folder, `${signal}.db`);
  const { child, ended } = startCollect(db);
  await untilBothQuickAreStored(db);
  child.kill(signal);
  const { code, err } = await ended;
  expect(code).toBe(expected);
  expect(err).toMatch(/--retry-failed/);
  expect(await statesOf(db)).toEqual({
    quick01: "ok",
    quick02: "ok",
    hangs01: "interrupted",
    hangs02: "interrupted",
    late01: "interrupted",
  });
});

test("kill -9 loses only the hosts in flight", async () => {
  const db = join(folder, "killed.db");
  const { child, ended } = startCollect(db);
  await untilBothQuickAreStored(db);
  child.kill("SIGKILL");
  await ended;
  expect(await statesOf(db)).toEqual({ quick01: "ok", quick02: "ok" });
});

test("a store that cannot be written fails before any host is visited, and says what to do", async () => {
  const blocked = join(folder, "blocked");
  await mkdir(blocked);
  await writeFile(join(blocked, "file"), "");
  const { code, err } = await startCollect(join(blocked, "file", "inquest.db")).ended;
  expect(code).toBe(74);
  expect(err).toMatch(/hint: /);
});
