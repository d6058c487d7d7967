import type { EpochMs, Seconds } from "./units.ts";

/** How a wall time came about, best first; clock words of the contract. `ordered-only` has no time at all. */
export const timeMethods = [
  "exact",
  "anchored",
  "near",
  "bracketed",
  "uptime",
  "foreign-uptime",
  "step",
  "imported",
  "ordered-only",
] as const;

export type TimeMethod = (typeof timeMethods)[number];

/** A calendar instant with its honest error: the truth lies in at ± error, on the host's own clock. */
export interface WallTime {
  /** Midpoint of the interval; null when only the order is known. */
  readonly atMs: EpochMs | null;
  /** Half-width in seconds; null exactly when `atMs` is. */
  readonly errorS: Seconds | null;
  readonly method: TimeMethod;
}
