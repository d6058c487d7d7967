import type { Anchor, LogPair } from "../model/anchor.ts";
import type { ClockReading, ReadStamp } from "../model/clock-reading.ts";
import type { EpochMs, Millis, Seconds } from "../model/units.ts";
import { hostUptimeOf } from "./host-uptime.ts";
import { logAnchorsOf } from "./log-anchors.ts";

/** All that one visit tells of the clock that stamps its log. Host clock unless said otherwise. */
export interface VisitClock {
  readonly reading: ClockReading;
  /** The line that the visit wrote into the log; null or left out: it wrote none. */
  readonly mark?: ReadStamp | null;
  /** Newest stamp of the log. */
  readonly lastStampS: Seconds | null;
  /**
   * The oldest record of this boot that the collection before did not have, and when that collection began to read
   * (its `beganMsOf`); null at first contact and where nothing is new. It stays true where records between were lost.
   */
  readonly firstNew: { readonly stampS: Seconds; readonly beforeMs: EpochMs } | null;
  /** Times that stand in or beside the log's records. */
  readonly pairs: readonly LogPair[];
  /** How far the printk clock may drift: 1e-4 = 100 ppm. */
  readonly drift: number;
}

/** How far the host's clock is ahead of the collector's. */
interface Ahead {
  readonly leastMs: Millis;
  readonly mostMs: Millis;
}

/**
 * The anchors that one visit yields, host clock; those of a host whose clock is proven to be ahead of the collector's
 * are led back to the collector's, for no death is later than now. The uptime is left out where another's /proc/uptime
 * was read and nothing else tells the kernel's age.
 */
export function anchorsOfVisit(visit: VisitClock): readonly Anchor[] {
  const { reading, firstNew, pairs, drift } = visit;
  const { bootAtMs } = reading;
  const ahead = aheadOf(reading);
  return [
    ...(ahead === null ? [] : readAnchors(visit, ahead)),
    ...(firstNew === null
      ? []
      : [
          {
            kind: "floor" as const,
            stampS: firstNew.stampS,
            loMs: firstNew.beforeMs,
            hiMs: Infinity,
            bootAtMs: null,
          },
        ]),
    ...logAnchorsOf(pairs, bootAtMs, drift),
  ];
}

/** No record that a visit did not find is older than this, on the clock of its anchors; null without a host clock. */
export function beganMsOf(reading: ClockReading): EpochMs | null {
  const ahead = aheadOf(reading);
  return reading.beforeMs === null || ahead === null ? null : reading.beforeMs - ahead.mostMs;
}

/** What the visit read of clocks and of the log's end. */
function readAnchors(
  { reading, mark = null, lastStampS, drift }: VisitClock,
  { leastMs, mostMs }: Ahead,
): readonly Anchor[] {
  const { beforeMs, afterMs, receivedMs, cpuClock, bootAtMs } = reading;
  if (beforeMs === null || afterMs === null) return [];
  const ceilingMs = Math.min(afterMs - leastMs, receivedMs);
  const anchors: Anchor[] = [];
  for (const [kind, read] of [
    ["cpu-clock", cpuClock],
    ["mark", mark],
  ] as const) {
    if (read === null) continue;
    const hiMs = Math.min(read.afterMs - leastMs, receivedMs);
    anchors.push({ kind, stampS: read.stampS, loMs: read.beforeMs - mostMs, hiMs, bootAtMs });
  }
  if (lastStampS !== null) {
    anchors.push({ kind: "ceiling", stampS: lastStampS, loMs: -Infinity, hiMs: ceilingMs, bootAtMs });
  }
  const host = hostUptimeOf(reading, lastStampS);
  if (host !== null) {
    const slackMs = (host.errorS + host.uptimeS * drift) * 1000;
    anchors.push({
      kind: host.foreign ? "foreign-uptime" : "uptime",
      stampS: host.uptimeS,
      loMs: beforeMs - mostMs - slackMs,
      hiMs: ceilingMs + slackMs,
      bootAtMs,
    });
  }
  return anchors;
}

/** 0 unless it is proven: what was read in the visit was read after the probe had been sent and before its answer had come. */
function aheadOf({ beforeMs, afterMs, sentMs, receivedMs }: ClockReading): Ahead | null {
  if (beforeMs === null || afterMs === null) return null;
  if (beforeMs <= receivedMs) return { leastMs: 0, mostMs: 0 };
  return { leastMs: afterMs - receivedMs, mostMs: beforeMs - sentMs };
}
