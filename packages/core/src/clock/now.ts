import type { EpochMs } from "../model/units.ts";

/** The collector's clock: the only place that reads it. */
export function now(): EpochMs {
  return Date.now();
}
