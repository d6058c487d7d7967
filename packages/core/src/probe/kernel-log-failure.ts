import type { HostFailure } from "../model/host-result.ts";
import type { ProbeOutput } from "../model/probe-output.ts";

/** Words of dd, dmesg, sudo and journalctl for: you may not. */
const denied =
  /not permitted|permission denied|insufficient permissions|may not run|not in the sudoers|not allowed|password is required|must have a tty/iu;
/** What sudo says only after the kernel has refused: less telling than the kernel's own words. */
const fallback = /^sudo\b/u;
const longestReason = 300;

/**
 * Why a host's kernel log was not read, in the words of the command that refused; null when it was, be it empty.
 * An answer that was cut off has no status and counts as not read.
 */
export function kernelLogFailure(output: ProbeOutput): HostFailure | null {
  const section = output.sections.get("kernel-log");
  if (section === undefined) return { state: "command-failed", reason: "the probe did not run" };
  if (section.status === 0) return null;
  if (section.status === null) {
    return { state: "command-failed", reason: "the answer was cut off in the kernel log" };
  }
  const lines = section.complaint.split("\n").filter((line) => line.trim() !== "");
  const refusals = lines.filter((line) => denied.test(line));
  const first = refusals.findLast((line) => !fallback.test(line)) ?? refusals[0];
  const reason = first ?? lines[0] ?? `${section.via}: exit status ${section.status}`;
  return {
    state: first === undefined ? "command-failed" : "no-permission",
    reason: reason.slice(0, longestReason),
  };
}
