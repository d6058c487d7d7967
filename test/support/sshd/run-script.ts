import type { HostTarget } from "../../../packages/core/src/model/host.ts";
import type { FleetOptions } from "../../../packages/core/src/ssh/fleet-options.ts";
import { runOnFleet } from "../../../packages/core/src/ssh/run-on-fleet.ts";
import type { FleetResult } from "../../../packages/core/src/ssh/visit-host.ts";

/** Runs one script on hosts, on standard input as the probe is; results in the order in which the hosts end. */
export async function runScript(
  targets: readonly HostTarget[],
  script: string,
  options: FleetOptions,
  command = "exec sh -s",
): Promise<readonly FleetResult[]> {
  const results: FleetResult[] = [];
  const request = { command, stdin: Buffer.from(script) };
  for await (const result of runOnFleet(targets, () => request, options)) results.push(result);
  return results;
}

/** Why a host failed; `ok` where it did not. */
export function failureOf(result: FleetResult): unknown {
  return result.ok ? "ok" : result.failure;
}
