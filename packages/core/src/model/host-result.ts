import type { HostTarget } from "./host.ts";
import type { Millis } from "./units.ts";

/** Every way a visit to a host can end: a closed list, in the order in which totals print it. */
export const hostStates = [
  "ok",
  "ok-truncated",
  "timeout-connect",
  "timeout-command",
  "skipped-deadline",
  "dns",
  "refused",
  "unreachable",
  "hostkey-unknown",
  "hostkey-changed",
  "auth",
  "jump-failed",
  "no-permission",
  "command-failed",
  "unparsed",
  "output-limit",
  "interrupted",
  "local-error",
] as const;

export type HostState = (typeof hostStates)[number];
/** The states in which the kernel log was read and understood. */
export type ReadState = "ok" | "ok-truncated";
export type FailedState = Exclude<HostState, ReadState>;

/** Why a host could not be read. `reason` is in OpenSSH's or the kernel's words where they have some. */
export interface HostFailure {
  readonly state: FailedState;
  readonly reason: string;
}

/** What became of one host: a failure has the same shape as a success. Exactly one a host and run. */
export type HostResult<T> = {
  readonly target: HostTarget;
  /** Where ssh connected to, `address:port`, or null when it never knew. */
  readonly address: string | null;
  /** From the start of the name lookup to the end. */
  readonly tookMs: Millis;
} & ({ readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: HostFailure });

/** Whether the kernel log of a host in this state was read. */
export function isReadState(state: HostState): state is ReadState {
  return state === "ok" || state === "ok-truncated";
}
