import { now } from "../clock/now.ts";
import type { HostTarget } from "../model/host.ts";
import type { ExecRequest, TakeOutput } from "../ssh/exec.ts";
import type { FleetOptions } from "../ssh/fleet-options.ts";
import { runOnFleet } from "../ssh/run-on-fleet.ts";
import type { FleetResult } from "../ssh/visit-host.ts";

const nothing = Buffer.alloc(0);

/**
 * Runs one command line on every host, given to the login shell to the letter, with an empty standard input. Exactly
 * one result a host, in the order in which they end. With `onOutput` output is handed on as it comes and not kept.
 * When a clock of ours runs out the connection is destroyed; the host may go on with the command.
 */
export async function* runCommand(
  targets: readonly HostTarget[],
  command: string,
  options: Omit<FleetOptions, "now" | "random">,
  onOutput: ((target: HostTarget) => TakeOutput) | null = null,
): AsyncGenerator<FleetResult, void, undefined> {
  const request = (target: HostTarget): ExecRequest => {
    const silent = { command, stdin: nothing };
    return onOutput === null ? silent : { ...silent, onOutput: onOutput(target) };
  };
  yield* runOnFleet(targets, request, { ...options, now, random: Math.random });
}
