import { getEventListeners } from "node:events";
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { bareTarget } from "../../../packages/core/src/model/host.ts";
import type { FleetOptions } from "../../../packages/core/src/ssh/fleet-options.ts";
import { runOnFleet } from "../../../packages/core/src/ssh/run-on-fleet.ts";

/** What the test says of its fleet, in the file that the first argument names. */
export interface FleetPlan {
  readonly hosts: readonly string[];
  readonly user: string;
  readonly folder: string;
  readonly configFile: string;
}

/** What a process saw that visited it, on standard output. */
export interface FleetSeen {
  /** Host and state, in the order in which they ended. */
  readonly ends: readonly (readonly [host: string, state: string])[];
  /** Kinds of what kept the event loop running, sorted: before the run and when it had settled. */
  readonly heldBefore: readonly string[];
  readonly heldAfter: readonly string[];
  /** Listeners that the run left on the caller's signal. */
  readonly abortListeners: number;
  /** Warnings of the runtime, such as of too many listeners. */
  readonly warnings: readonly string[];
  /** Resident memory behind a full collection, MiB, after so many results. */
  readonly rssMiB: readonly (readonly [results: number, rssMiB: number])[];
}

const mebibyte = 1024 * 1024;
const { hosts, user, folder, configFile } = JSON.parse(
  readFileSync(process.argv[2] ?? "", "utf8"),
) as FleetPlan;
const held = (): readonly string[] => process.getActiveResourcesInfo().toSorted();
const warnings: string[] = [];
process.on("warning", (warning) => warnings.push(String(warning)));

const over = new AbortController();
const options: FleetOptions = {
  parallel: 64,
  lookupsAtOnce: 2,
  connectMs: 10_000,
  commandMs: 10_000,
  firstByteMs: null,
  silenceMs: null,
  deadlineMs: 160_000,
  retries: 1,
  maxOutputBytes: mebibyte,
  hostKey: "strict",
  transport: "ssh2",
  overrides: { configFile, user, identityFile: null, jump: null },
  useSshConfig: true,
  knownHostsFiles: null,
  account: { user, home: folder },
  agentSocket: null,
  askPassphrase: null,
  password: null,
  now: Date.now,
  random: Math.random,
  notice: () => {},
  signal: over.signal,
  onStart: () => {},
  onEnd: () => {},
};

const heldBefore = held();
const ends: [string, string][] = [];
const rssMiB: [number, number][] = [];
const request = { command: "exec sh -s", stdin: Buffer.from("true\n") };
for await (const result of runOnFleet(
  hosts.map((host) => bareTarget(host, "hosts")),
  () => request,
  options,
)) {
  ends.push([result.target.host, result.ok ? "ok" : result.failure.state]);
  if (ends.length % 10 !== 0) continue;
  globalThis.gc?.();
  rssMiB.push([ends.length, process.memoryUsage.rss() / mebibyte]);
}
// Sockets are given a second to close politely.
for (let tries = 0; tries < 50 && held().length > heldBefore.length; tries += 1) await sleep(100);
const seen: FleetSeen = {
  ends,
  heldBefore,
  heldAfter: held(),
  abortListeners: getEventListeners(over.signal, "abort").length,
  warnings,
  rssMiB,
};
// What was left open is told: it must not keep the test waiting as well.
process.stdout.write(JSON.stringify(seen), () => process.exit());
