import type { ClockReading } from "../model/clock-reading.ts";
import type { Micros, Seconds } from "../model/units.ts";
import type { TimeMethod, WallTime } from "../model/wall-time.ts";
import type { Anchor } from "./anchor.ts";
import { intersectAnchors } from "./anchor.ts";
import { hostUptimeOf } from "./host-uptime.ts";

/** What turns the stamps of one boot into wall times: the anchors of a visit and how far its printk clock may drift. */
export interface StampClock {
  readonly method: TimeMethod;
  readonly anchors: readonly Anchor[];
  /** 1e-4 = 100 ppm. */
  readonly drift: number;
}

/** printk's clock runs at the rate found at boot: 1 to 50 ppm off after the refined calibration (tsc.c, since 2.6.38). */
const refinedDrift = 1e-4;
/** Without it the quick PIT calibration may stop at 500 ppm (arch/x86/kernel/tsc.c, quick_pit_calibrate). */
const quickDrift = 5e-4;
/** Whole-second sources, leap seconds and smears: no time is claimed closer than this. */
const floorS: Seconds = 1;

/**
 * Builds the stamp clock of one visit. `lastStampUs` is the newest stamp of the log that was read in it:
 * that record was there before the log had been read, which bounds all earlier ones from above.
 * `refinedTsc`: the log says "Refined TSC clocksource calibration", or the kernel is 4.0 or newer.
 */
export function stampClockOf(
  reading: ClockReading,
  lastStampUs: Micros | null,
  refinedTsc: boolean,
): StampClock {
  const drift = refinedTsc ? refinedDrift : quickDrift;
  const endMs = reading.afterMs;
  if (reading.beforeMs === null || endMs === null) return { method: "ordered-only", anchors: [], drift };
  // A host clock ahead of ours would date events after now: such a host is taken back to the collector's clock.
  const aheadMs = reading.beforeMs > reading.receivedMs ? endMs - reading.receivedMs : 0;
  const ceilingMs = Math.min(endMs - aheadMs, reading.receivedMs);
  const ceiling: Anchor[] =
    lastStampUs === null
      ? []
      : [{ kind: "ceiling", stampS: lastStampUs / 1e6, loMs: -Infinity, hiMs: ceilingMs }];
  const host = hostUptimeOf(reading, lastStampUs === null ? null : lastStampUs / 1e6);
  if (host === null) return { method: "ordered-only", anchors: ceiling, drift };
  const slackMs = (host.errorS + host.uptimeS * drift) * 1000;
  const uptime: Anchor = {
    kind: "uptime",
    stampS: host.uptimeS,
    loMs: reading.beforeMs - aheadMs - slackMs,
    hiMs: ceilingMs + slackMs,
  };
  return { method: host.foreign ? "foreign-uptime" : "uptime", anchors: [uptime, ...ceiling], drift };
}

/** The wall time of one stamp, host clock. Without bounds on both sides it is `ordered-only`: no time at all. */
export function wallTimeOf(stampUs: Micros | null, clock: StampClock): WallTime {
  const unknown: WallTime = { atMs: null, errorS: null, method: "ordered-only" };
  if (stampUs === null) return unknown;
  const { loMs, hiMs } = intersectAnchors(stampUs / 1e6, clock.anchors, clock.drift);
  if (!Number.isFinite(loMs) || !Number.isFinite(hiMs) || loMs > hiMs) return unknown;
  // The midpoint to the millisecond: more digits would claim more than any half-width here allows.
  const atMs = Math.round((loMs + hiMs) / 2);
  return { atMs, errorS: Math.max(floorS, Math.ceil((hiMs - loMs) / 20) / 100), method: clock.method };
}
