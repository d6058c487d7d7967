import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { holdLock } from "../../packages/cli/src/collection/hold-lock.ts";
import { run } from "../../packages/cli/src/run.ts";
import { memoryIo } from "../support/memory-io.ts";
import type { HostFleet } from "../support/test-fleet.ts";
import { startFleet } from "../support/test-fleet.ts";

let fleet: HostFleet;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "inquest-jump-"));
  fleet = await startFleet({
    bastion01: { sshdConfig: ["LogLevel DEBUG1"] },
    shut01: { sshdConfig: ["AllowTcpForwarding no"] },
    web01: {},
    web02: {},
  });
});
afterAll(async () => {
  await fleet.stop();
  await rm(folder, { recursive: true, force: true });
});

const dayMs = 86_400_000;

/** Runs a command at the real time, or so much later. */
async function inquest(db: string, argv: readonly string[], laterMs = 0) {
  const io = memoryIo({ cwd: folder, nowMs: Date.now() + laterMs });
  const code = await run(["--db", join(folder, db), ...argv], io);
  return { code, out: io.out(), err: io.err() };
}
const fleetWords = (): readonly string[] => ["-b", "-F", fleet.configFile];

describe("-J", () => {
  test("collects over a jump host", async () => {
    const collected = await inquest("jump.db", [
      "collect",
      ...fleetWords(),
      "-J",
      "bastion01",
      "-w",
      "web[01-02]",
    ]);
    expect(collected).toMatchObject({ code: 0, err: expect.stringMatching(/2 hosts in .*: 2 ok/) });
    const [bastion] = fleet.sshds;
    expect((await bastion?.log())?.match(/server_request_direct_tcpip: originator/g)).toHaveLength(2);
  });

  test("runs and checks over a jump host too, and tells once what is wrong with it", async () => {
    const ran = await inquest("jump.db", [
      "run",
      ...fleetWords(),
      "-J",
      "bastion01",
      "-w",
      "web01",
      "echo",
      "here",
    ]);
    expect(ran).toMatchObject({ code: 0, out: "web01: here\n" });
    const failed = await inquest("jump.db", ["collect", ...fleetWords(), "-J", "shut01", "-w", "web[01-02]"]);
    expect(failed.code).toBe(4);
    expect(failed.err).toMatch(/jump-failed/);
    const nowhere = ["collect", ...fleetWords(), "-J", "nowhere.invalid", "-w", "web[01-02]"];
    expect((await inquest("jump.db", nowhere)).err).toMatch(
      /^web\[01-02\]: jump-failed: jump host nowhere\.invalid: Could not resolve hostname/m,
    );
  });

  test("a dry run shows the jump hosts in effect: those of the list before those of -J", async () => {
    const list = join(folder, "jumps.json");
    await writeFile(
      list,
      '[{"host":"web01"},{"host":"web02","jump":"other"},{"host":"web03","jump":"none"}]',
    );
    const { out } = await inquest("jump.db", ["collect", "-n", "-J", "ops@bastion01,b2", "-f", list]);
    expect(out).toMatch(/^ {2}web01 {2}via ops@bastion01,b2 {2}\(/m);
    expect(out).toMatch(/^ {2}web02 {2}via other {2}\(/m);
    expect(out).toMatch(/^ {2}web03 {2}directly {2}\(/m);
    const ran = await inquest("jump.db", ["run", "-n", "-J", "bastion01", "-w", "web01", "id"]);
    expect(ran.out).toMatch(/^ {2}web01 {2}via bastion01 {2}\(-w\)/m);
    expect((await inquest("jump.db", ["run", "-n", "-w", "web01", "id"])).out).toMatch(
      /^ {2}web01 {2}\(-w\)/m,
    );
  });

  test.each(["-oProxyCommand=id", "a b", "a,,b", "web;id", "user@", "host:port"])(
    "refuses %j before anything is connected to",
    async (jump) => {
      const { code, err } = await inquest("jump.db", ["collect", "-w", "web01", `--jump=${jump}`]);
      expect([code, err]).toEqual([2, expect.stringMatching(/^--jump: jump host ".*" is not understood/)]);
    },
  );
});

describe("--stale", () => {
  test("visits only hosts whose last good collection is older, from a list or from the store", async () => {
    await inquest("stale.db", ["collect", ...fleetWords(), "-w", "web01"]);
    const fresh = await inquest("stale.db", ["collect", ...fleetWords(), "--stale", "24h"], dayMs / 2);
    expect(fresh).toMatchObject({ code: 0, err: "no host's last good collection is older than 24h\n" });

    const listed = ["collect", ...fleetWords(), "-w", "web01,web02", "--stale", "24h"];
    const plan = await inquest("stale.db", [...listed, "-n"]);
    expect(plan.out).toMatch(/^1 host:\n {2}web02 /);
    expect((await inquest("stale.db", listed)).err).toMatch(/1 host in .*: 1 ok/);

    const later = await inquest("stale.db", ["collect", ...fleetWords(), "--stale", "24h"], 2 * dayMs);
    expect(later.err).toMatch(/2 hosts in .*: 2 ok/);
  });

  test("wants a unit", async () => {
    const { code, err } = await inquest("stale.db", ["collect", "--stale", "24"]);
    expect([code, err]).toEqual([2, expect.stringContaining('--stale: time span "24" is not understood')]);
  });
});

test("a dry run of --retry-failed connects to nothing", async () => {
  await inquest("retry.db", ["collect", ...fleetWords(), "-J", "shut01", "-w", "web01"]);
  const plan = await inquest("retry.db", ["collect", ...fleetWords(), "--retry-failed", "-n"]);
  expect(plan).toMatchObject({ code: 0, out: expect.stringMatching(/^1 host:\n {2}web01 /) });
  expect((await inquest("retry.db", ["runs", "-o", "json"])).out.match(/"run":/g)).toHaveLength(1);
});

test("a second collection of the same label says who is collecting, one of another label goes on", async () => {
  const release = await holdLock(join(folder, "lock.db"), "night", Date.now());
  const words = ["collect", ...fleetWords(), "-w", "web01", "--label"];
  const second = await inquest("lock.db", [...words, "night"]);
  expect([second.code, second.err]).toEqual([
    74,
    expect.stringMatching(
      new RegExp(`process ${process.pid} on .* is still collecting into this store\\nhint: `),
    ),
  ]);
  expect((await inquest("lock.db", [...words, "day"])).code).toBe(0);
  await release();
  expect((await inquest("lock.db", [...words, "night"])).code).toBe(0);
});
