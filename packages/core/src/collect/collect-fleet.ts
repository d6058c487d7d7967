import { randomBytes } from "node:crypto";
import { now } from "../clock/now.ts";
import type { HostReading } from "../model/host-reading.ts";
import type { HostTarget } from "../model/host.ts";
import type { ProbeAnswer } from "../model/probe-output.ts";
import { kernelLogFailure } from "../probe/kernel-log-failure.ts";
import { probeRequest } from "../probe/probe-request.ts";
import type { ProbeArguments } from "../probe/probe-request.ts";
import { sectionComplaints } from "../probe/section-complaints.ts";
import { splitProbeOutput } from "../probe/split-probe-output.ts";
import type { ExecAnswer } from "../ssh/exec.ts";
import type { FleetOptions } from "../ssh/fleet-options.ts";
import { runOnFleet } from "../ssh/run-on-fleet.ts";

/** What the probe is asked on every host: all its arguments but the nonce, which is drawn anew for each. */
export type ProbeWishes = Omit<ProbeArguments, "nonce">;

/** Reads every host with the probe, exactly one reading a host, in the order in which the hosts end. */
export async function* collectFleet(
  targets: readonly HostTarget[],
  wishes: ProbeWishes,
  options: Omit<FleetOptions, "now" | "random">,
): AsyncGenerator<HostReading, void, undefined> {
  const nonces = new Map<HostTarget, string>();
  const request = (target: HostTarget): ReturnType<typeof probeRequest> => {
    const nonce = randomBytes(16).toString("hex");
    nonces.set(target, nonce);
    return probeRequest({ ...wishes, nonce });
  };
  for await (const result of runOnFleet(targets, request, { ...options, now, random: Math.random })) {
    const nonce = nonces.get(result.target) ?? "";
    nonces.delete(result.target);
    const kept = result.kept === null ? null : toProbeAnswer(result.kept, nonce);
    yield result.ok ? { ...result, value: toProbeAnswer(result.value, nonce), kept } : { ...result, kept };
  }
}

function toProbeAnswer({ stdout, stderr, sentMs, receivedMs }: ExecAnswer, nonce: string): ProbeAnswer {
  const output = splitProbeOutput(stdout, stderr, nonce);
  return {
    output,
    refusal: kernelLogFailure(output),
    complaints: sectionComplaints(output),
    sentMs,
    receivedMs,
  };
}
