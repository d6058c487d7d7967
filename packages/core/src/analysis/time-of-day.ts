import type { Seconds } from "../model/units.ts";

const dayS: Seconds = 86_400;

/** A window around a time of day: `atS` seconds since local midnight, plus and minus `withinS`, both ends in it. */
export interface TimeOfDayWindow {
  readonly atS: Seconds;
  readonly withinS: Seconds;
}

/** `overlaps`: the time's own error is wider than the window, so it may lie in it and nobody can say more. */
export type TimeOfDayMatch = "yes" | "overlaps" | "no";

/**
 * Whether a time (seconds since local midnight, ± error) lies in a window that may wrap midnight.
 * The midpoint decides; a time that is less certain than the window is wide counts as soon as it overlaps.
 * The caller brings the local time of day, because wall clocks are the business of `clock`.
 */
export function matchesTimeOfDay(
  time: { readonly timeOfDayS: Seconds; readonly errorS: Seconds },
  window: TimeOfDayWindow,
): TimeOfDayMatch {
  const apartS = Math.abs(time.timeOfDayS - window.atS) % dayS;
  const distanceS = Math.min(apartS, dayS - apartS);
  if (time.errorS <= window.withinS) return distanceS <= window.withinS ? "yes" : "no";
  return distanceS <= window.withinS + time.errorS ? "overlaps" : "no";
}
