import type { Millis } from "../model/units.ts";
import type { Anchor } from "../model/anchor.ts";
import type { Bounds } from "./bound-lines.ts";

/** Stamps begin with sched_clock_init, the uptime with timekeeping_init: both in the boot's first moments. */
const bootMs: Millis = 2000;

/**
 * When the stamps of a boot began to count, by the uptime (CLOCK_BOOTTIME: NTP's rate, suspends included) that was
 * read first; null where none was. Where the stamps' own anchors lead to a later beginning, they have stood still since.
 */
export function bootBoundsOf(anchors: readonly Anchor[], drift: number): Bounds | null {
  const first = anchors
    .filter(({ kind }) => kind === "uptime" || kind === "foreign-uptime")
    .reduce<Anchor | null>(
      (least, anchor) => (least === null || anchor.stampS < least.stampS ? anchor : least),
      null,
    );
  if (first === null) return null;
  // An uptime's bounds hold what the stamps may have drifted; the boot itself is as sure as the reading.
  const driftMs = Math.min(first.stampS * drift * 1000, (first.hiMs - first.loMs) / 2);
  return {
    loMs: first.loMs + driftMs - first.stampS * 1000 - bootMs,
    hiMs: first.hiMs - driftMs - first.stampS * 1000 + bootMs,
    lo: first,
    hi: first,
  };
}
