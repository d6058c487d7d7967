import { randomBytes } from "node:crypto";
import { now } from "../clock/now.ts";
import type { HostReading } from "../model/host-reading.ts";
import type { HostTarget } from "../model/host.ts";
import type { LogCursor } from "../model/log-cursor.ts";
import type { ProbeAnswer } from "../model/probe-output.ts";

import { kernelLogFailure } from "../probe/kernel-log-failure.ts";
import { probeRequest } from "../probe/probe-request.ts";
import type { ProbeArguments } from "../probe/probe-request.ts";
import { sectionComplaints } from "../probe/section-complaints.ts";
import { splitProbeOutput } from "../probe/split-probe-output.ts";
import type { ExecAnswer } from "../ssh/exec.ts";
import type { FleetOptions } from "../ssh/fleet-options.ts";
import { runOnFleet } from "../ssh/run-on-fleet.ts";

/** What the probe is asked on every host alike: the nonce is drawn anew for each, and each has its own cursor. */
export interface ProbeWishes extends Omit<ProbeArguments, "nonce" | "cursor" | "markWord"> {
  /** Writes one line into every host's kernel log, to date the log by it. */
  readonly mark?: boolean;
}

/** Takes what the probe wrote on a host before anything is made of it; its bytes are hostile. `isWhole`: it ended by itself. */
export type KeepAnswer = (target: HostTarget, stdout: Uint8Array, isWhole: boolean) => Promise<void>;

/**
 * Reads every host with the probe, exactly one reading a host, in the order in which the hosts end. Of the kernel log
 * of a host that `cursorOf` knows only what came since is sent.
 */
export async function* collectFleet(
  targets: readonly HostTarget[],
  wishes: ProbeWishes,
  options: Omit<FleetOptions, "now" | "random">,
  cursorOf: (target: HostTarget) => LogCursor | null = () => null,
  keep: KeepAnswer | null = null,
): AsyncGenerator<HostReading, void, undefined> {
  const nonces = new Map<HostTarget, string>();
  const request = (target: HostTarget): ReturnType<typeof probeRequest> => {
    const nonce = randomBytes(16).toString("hex");
    nonces.set(target, nonce);
    const { mark, ...asked } = wishes;
    const marked = mark === true ? { markWord: randomBytes(8).toString("hex") } : {};
    return probeRequest({ ...asked, ...marked, nonce, cursor: cursorOf(target) });
  };
  for await (const result of runOnFleet(targets, request, { ...options, now, random: Math.random })) {
    const nonce = nonces.get(result.target) ?? "";
    nonces.delete(result.target);
    const answer = result.ok ? result.value : result.kept;
    if (answer !== null) await keep?.(result.target, answer.stdout, result.ok);
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
