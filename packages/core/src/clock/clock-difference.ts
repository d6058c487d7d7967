import type { ClockReading } from "../model/clock-reading.ts";
import type { Seconds } from "../model/units.ts";

/** Differences that NTP and the two reads explain are not worth telling. */
const tellableS: Seconds = 2;

/**
 * Host clock minus collector clock in seconds, or null when a difference beyond 2 s is not proven.
 * The host read its clock between our sending and our receiving: the truth lies in [T1 − received, T2 − sent].
 */
export function clockDifferenceOf({ beforeMs, afterMs, sentMs, receivedMs }: ClockReading): Seconds | null {
  if (beforeMs === null || afterMs === null) return null;
  const loS = (beforeMs - receivedMs) / 1000;
  const hiS = (afterMs - sentMs) / 1000;
  if (loS <= tellableS && hiS >= -tellableS) return null;
  return Math.round((loS + hiS) * 500) / 1000;
}
