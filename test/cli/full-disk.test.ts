import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openStore } from "@inquest/store";
import type { HostFleet } from "../support/test-fleet.ts";
import { hang, startFleet } from "../support/test-fleet.ts";

let fleet: HostFleet;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "inquest-full-"));
  const lines = Array.from(
    { length: 8000 },
    (_, at) => `[ ${at + 1}.000001] ${randomBytes(60).toString("hex")}`,
  );
  await writeFile(join(folder, "dmesg"), `${lines.join("\n")}\n`);
  fleet = await startFleet({
    quick01: {},
    // What does not compress does not fit.
    large01: { files: { "dev/kmsg": null }, commands: { dmesg: `cat '${folder}/dmesg'` } },
    hangs01: { instead: hang },
  });
});
afterAll(async () => {
  await fleet?.stop();
  await rm(folder, { recursive: true, force: true });
});

const bin = join(import.meta.dirname, "../../packages/cli/src/bin.ts");

/** The command under a limit on the size of every file it writes, in blocks; null: none. */
async function collect(hosts: string, limit: number | null): Promise<{ code: number | null; err: string }> {
  const words = ["collect", "-b", "-F", fleet.configFile, "-w", hosts, "--db", join(folder, "db")];
  // Without the trap the kernel would end the process, where a full disk only fails the write.
  const limited = limit === null ? "" : `trap '' XFSZ; ulimit -f ${limit};`;
  const child = spawn(
    "/bin/sh",
    ["-c", `${limited} exec "$@"`, "sh", process.execPath, "--conditions=inquest-source", bin, ...words],
    { stdio: ["ignore", "ignore", "pipe"] },
  );
  let err = "";
  child.stderr.on("data", (chunk: Buffer) => (err += chunk.toString()));
  return new Promise((resolve) => child.once("close", (code) => resolve({ code, err })));
}

test("a store that is full ends the run at once with what to do, and keeps what it had", async () => {
  expect(await collect("quick01", null)).toMatchObject({ code: 0 });
  const { code, err } = await collect("large01,hangs01", 600);
  expect(code).toBe(74);
  expect(err).toMatch(/db: the store .*\(SQLITE_/);
  expect(err).toMatch(/^hint: /m);
  expect(err).not.toMatch(/^\s+at /m);

  const store = await openStore(join(folder, "db"), { readOnly: true });
  expect((await store.visits(1)).map(({ host, state }) => [host, state])).toEqual([["quick01", "ok"]]);
  expect(await store.visits(2)).toEqual([]);
  await store.close();
  expect(await collect("large01", null)).toMatchObject({ code: 0 });
});
