import type { FailedState } from "./host-result.ts";
import type { HostTarget } from "./host.ts";

/** What is looked at on the way to a host's kernel log, in this order. */
export const checkIds = [
  "resolve",
  "connect",
  "host-key",
  "login",
  "shell",
  "kernel-log",
  "sudo",
  "ps",
] as const;
export type CheckId = (typeof checkIds)[number];

/** One step of the way, tried. */
export interface HostCheck {
  readonly id: CheckId;
  /** Null: not tried, because an earlier one failed or it is not needed. */
  readonly ok: boolean | null;
  /** What was found, or why not, in the words of who said so. Hostile text; null where there is nothing to say. */
  readonly detail: string | null;
  /** What a person does against it, a command where there is one; null where nothing failed or nobody knows. */
  readonly fix: string | null;
}

/** All checks of one host. `state` is how a collection of it would fail; null: it would not. */
export interface CheckedHost {
  readonly target: HostTarget;
  readonly state: FailedState | null;
  readonly checks: readonly HostCheck[];
}
