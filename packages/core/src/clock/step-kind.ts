import type { EpochMs, Millis } from "../model/units.ts";

/**
 * What a step of the calendar against the stamps was: a `set` clock, or a `pause` (suspend, a virtual machine that
 * stood still, a restored snapshot).
 */
export type StepKind = "set" | "pause";

/** `btime` is in whole seconds and computed anew at each read. */
const btimeSlackMs: Millis = 2000;

/**
 * Tells them apart by `btime` (/proc/stat: wall clock minus uptime) before and after: a clock that is set moves it, a
 * suspend does not, for the uptime counts on. A virtual machine's pause stops the uptime too and moves it as well, but
 * then the clock was set after it. Null where `btime` was not read on both sides.
 */
export function stepKindOf(bootBeforeMs: EpochMs | null, bootAfterMs: EpochMs | null): StepKind | null {
  if (bootBeforeMs === null || bootAfterMs === null) return null;
  return Math.abs(bootAfterMs - bootBeforeMs) > btimeSlackMs ? "set" : "pause";
}
