import type { EpochMs } from "@inquest/core";
import { Temporal } from "temporal-polyfill";

/**
 * The instant at which a zone's clock shows a time. Where it shows it twice, the range keeps both: the first for its
 * start, the second for its end. Where it skips it, the instant of the skip: what is later by the clock is later by
 * it. Throws RangeError for an unknown zone.
 */
export function instantOf(clock: Temporal.PlainDateTime, zone: string, end: "since" | "until"): EpochMs {
  const earlier = clock.toZonedDateTime(zone, { disambiguation: "earlier" });
  if (!earlier.toPlainDateTime().equals(clock)) {
    const skip = earlier.getTimeZoneTransition("next");
    if (skip !== null) return skip.epochMilliseconds;
  }
  return end === "since"
    ? earlier.epochMilliseconds
    : clock.toZonedDateTime(zone, { disambiguation: "later" }).epochMilliseconds;
}
