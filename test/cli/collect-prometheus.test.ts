import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { hostStates } from "@inquest/core";
import type { HostState } from "@inquest/core";
import { formatPrometheus } from "../../packages/cli/src/render/prometheus.ts";
import { run } from "../../packages/cli/src/run.ts";
import { memoryIo } from "../support/memory-io.ts";
import type { HostFleet } from "../support/test-fleet.ts";
import { startFleet } from "../support/test-fleet.ts";

let fleet: HostFleet;
let folder: string;
const kill =
  "Out of memory: Killed process 4711 (java) total-vm:800kB, anon-rss:600kB, file-rss:4kB, shmem-rss:0kB, UID:1000 pgtables:8kB oom_score_adj:0";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "inquest-metrics-"));
  fleet = await startFleet({ metric01: { files: { "dev/kmsg": `3,1,5000000,-;${kill}\n` } } });
});
afterAll(async () => {
  await fleet.stop();
  await rm(folder, { recursive: true, force: true });
});

async function collect(...words: readonly string[]): Promise<number> {
  const env = { HOME: folder, PATH: process.env["PATH"] ?? "" };
  const io = memoryIo({ env, cwd: folder, nowMs: Date.now() });
  const db = ["--db", join(folder, "inquest.db"), "--prometheus", "inquest.prom"];
  return run(["collect", "-b", "-F", fleet.configFile, ...words, ...db], io);
}
const metrics = (): string => readFileSync(join(folder, "inquest.prom"), "utf8");
const valueOf = (name: string): number => {
  const line = metrics()
    .split("\n")
    .find((one) => one.startsWith(`${name} `));
  return Number(line?.slice(name.length));
};

test("writes the run and its hosts, in place of the file before and whole", async () => {
  expect(await collect("-w", "metric01")).toBe(0);
  expect(valueOf('inquest_run_hosts{state="ok"}') + valueOf('inquest_run_hosts{state="ok-truncated"}')).toBe(
    1,
  );
  expect(valueOf('inquest_run_hosts{state="refused"}')).toBe(0);
  expect(valueOf("inquest_run_new_incidents")).toBe(1);
  expect(valueOf("inquest_last_success_timestamp_seconds")).toBeGreaterThan(Date.now() / 1000 - 600);
  expect(readdirSync(folder).filter((name) => name.includes(".tmp"))).toEqual([]);
});

test("a run that reads nothing is told and moves no success", async () => {
  const before = valueOf("inquest_last_success_timestamp_seconds");
  expect(await collect("-w", "metric01", "-l", "nobody-knows-me")).toBe(4);
  expect(valueOf('inquest_run_hosts{state="auth"}')).toBe(1);
  expect(valueOf("inquest_last_success_timestamp_seconds")).toBe(before);
  expect(valueOf('inquest_host_last_success_timestamp_seconds{host="metric01"}')).toBe(before);
});

test("a round of --stale with nothing to do writes the file all the same", async () => {
  await rm(join(folder, "inquest.prom"));
  expect(await collect("-w", "metric01", "--stale", "24h")).toBe(0);
  expect(metrics()).toContain('inquest_host_last_success_timestamp_seconds{host="metric01"}');
  expect(valueOf('inquest_run_hosts{state="auth"}')).toBe(1);
  await rm(join(folder, "inquest.prom"));
  expect(await collect("--stale", "24h")).toBe(0);
  expect(metrics()).toContain('inquest_host_last_success_timestamp_seconds{host="metric01"}');
});

test("a host that is not on the list any more leaves the file", async () => {
  expect(await collect("-w", "metric02", "-t", "2")).toBe(4);
  expect(metrics()).not.toContain("metric01");
  expect(metrics()).not.toContain("inquest_last_success_timestamp_seconds");
});

test("a host that was never read has no figure, and a hostile name is only a name", () => {
  const row = {
    host: 'ev"il\n\\x',
    address: null,
    groups: [],
    state: "refused",
    reason: null,
    lastOkMs: null,
    bootAtMs: null,
    boots: 0,
    logFromMs: null,
    gaps: [],
    unbrokenFromMs: null,
    ring: { wrapsInH: null, everyH: null },
    unseenKills: null,
    clockDiffS: null,
    kills24h: null,
    kills7d: null,
    kills30d: null,
  } as const;
  const states = Object.fromEntries(hostStates.map((state) => [state, 0])) as Record<HostState, number>;
  const one = { run: 1, label: null, startedMs: 0, finishedMs: 1500, selected: 1, newIncidents: 0, states };
  expect(formatPrometheus(one, [row])).not.toContain("inquest_host_kills_24h");
  expect(formatPrometheus(one, [{ ...row, kills24h: 2, lastOkMs: 5000 }])).toContain(
    'inquest_host_kills_24h{host="ev\\"il\\n\\\\x"} 2\n',
  );
});

const promtool = ["/usr/bin/promtool", "/usr/local/bin/promtool"].find((path) => existsSync(path));
test.skipIf(promtool === undefined)("promtool finds nothing wrong with it", () => {
  const checked = execFileSync(promtool ?? "", ["check", "metrics"], { input: metrics(), encoding: "utf8" });
  expect(checked).toBe("");
});
