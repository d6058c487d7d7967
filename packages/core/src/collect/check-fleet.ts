import { randomBytes } from "node:crypto";
import { now } from "../clock/now.ts";
import type { CheckedHost } from "../model/host-checks.ts";
import type { HostTarget } from "../model/host.ts";
import { probeRequest } from "../probe/probe-request.ts";
import type { ProbeArguments } from "../probe/probe-request.ts";
import { splitProbeOutput } from "../probe/split-probe-output.ts";
import type { FleetOptions } from "../ssh/fleet-options.ts";
import { runOnFleet } from "../ssh/run-on-fleet.ts";
import { judgeHost } from "./judge-host.ts";

/**
 * Goes the way of a collection on every host, one connection each, and tells how far it came. What runs there is the
 * probe itself, cut down to kernel log and ps: a text of its own could find what a collection does not.
 */
export async function* checkFleet(
  targets: readonly HostTarget[],
  { root, sudo }: Pick<ProbeArguments, "root" | "sudo">,
  options: Omit<FleetOptions, "now" | "random">,
): AsyncGenerator<CheckedHost, void, undefined> {
  const nonce = randomBytes(16).toString("hex");
  const request = probeRequest({ root, sudo, nonce, sections: ["kernel-log", "ps"] });
  for await (const result of runOnFleet(targets, () => request, { ...options, now, random: Math.random })) {
    const answer = result.ok ? result.value : result.kept;
    const output = answer === null ? null : splitProbeOutput(answer.stdout, answer.stderr, nonce);
    yield judgeHost(result, output, sudo);
  }
}
