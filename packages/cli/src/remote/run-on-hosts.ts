import { now, runCommand } from "@inquest/core";
import type { FleetOptions, FleetResult, HostState, HostTarget } from "@inquest/core";
import type { FailedHost } from "../render/failed-hosts.ts";
import type { RunTotals } from "../render/run-summary.ts";
import type { OutputForm } from "./output-form.ts";
import { remoteCodeOf } from "./remote-code.ts";

/** What a command came to, for the exit code too. */
interface RanOnHosts extends RunTotals {
  /** The largest exit status of a remote command, 128 + n for a signal; 0 where there was none. */
  readonly largestCode: number;
}

/** Runs a command on hosts and hands what they say to a form, which stays open; one result a host, whatever becomes of the others. */
export async function runOnHosts(
  targets: readonly HostTarget[],
  command: string,
  options: Omit<FleetOptions, "now" | "random">,
  form: OutputForm,
): Promise<RanOnHosts> {
  const startedMs = now();
  const states = new Map<HostState, number>();
  const failed: FailedHost[] = [];
  const nonZero: RunTotals["nonZero"][number][] = [];
  let largestCode = 0;
  const count = (result: FleetResult): void => {
    const { host } = result.target;
    const state = result.ok ? "ok" : result.failure.state;
    states.set(state, (states.get(state) ?? 0) + 1);
    if (!result.ok) {
      failed.push({ host, ...result.failure });
      return;
    }
    const { code, signal } = result.value;
    if (code !== 0) nonZero.push({ host, code, signal });
    largestCode = Math.max(largestCode, remoteCodeOf(result.value));
  };
  const signals = [options.signal, form.broken].filter((signal) => signal !== null);
  const stoppable = { ...options, signal: AbortSignal.any(signals) };
  for await (const result of runCommand(targets, command, stoppable, form.onOutput)) {
    count(result);
    await form.take(result);
  }
  return { states, failed, nonZero, largestCode, tookMs: now() - startedMs };
}
