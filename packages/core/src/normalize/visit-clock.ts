import { anchorsOfVisit, beganMsOf } from "../clock/anchors-of-visit.ts";
import { driftOf } from "../clock/drift.ts";
import type { StampDater } from "../clock/stamp-dater.ts";
import { stampDater } from "../clock/stamp-dater.ts";
import type { Anchor, LogPair } from "../model/anchor.ts";
import type { ClockReading } from "../model/clock-reading.ts";
import type { KernelLog } from "../model/kernel-record.ts";
import type { EpochMs, Micros } from "../model/units.ts";
import type { KnownBoot } from "../model/visit.ts";
import { findStampAfter } from "../parse/kernel-log/find-stamp.ts";
import type { Ring } from "../parse/ring.ts";
import type { WrittenMark } from "../parse/facts/parse-clock.ts";
import { findMark, findTimes } from "../parse/kernel-log/find-times.ts";

/** What a visit tells of the clock that stamps its log. */
export interface VisitClock {
  /** How far that clock may drift: 1e-4 = 100 ppm. */
  readonly drift: number;
  /** KnownBoot.readMs when the log came whole. */
  readonly readMs: EpochMs | null;
  /** A line was written and the log does not hold it. */
  readonly isMarkLost: boolean;
  /** The anchors of the visit, with the times that lines of other carriers tell of records of the same boot. */
  readonly anchorsWith: (pairs: readonly LogPair[]) => readonly Anchor[];
  /** Dates stamps by anchors. */
  readonly daterBy: (anchors: readonly Anchor[]) => StampDater;
}

/** A kernel log as it came; where `bytes` are only its end, `ring` is what the host told of the whole. */
export interface StampedLog {
  readonly log: KernelLog;
  readonly bytes: Uint8Array;
  readonly ring: Ring | null;
  readonly kernel: string | null;
  /** The line that the visit wrote into it; null: none. */
  readonly mark: WrittenMark | null;
}

/** Reads the clock of one visit; `before` is the boot as the visit before left it. */
export function visitClockOf(
  reading: ClockReading,
  { log, bytes, ring, kernel, mark }: StampedLog,
  before: KnownBoot | null,
): VisitClock {
  const lastStampUs = lastStampOf(log);
  const drift = Math.min(driftOf(isRefined(bytes, ring, kernel)), before?.drift ?? Infinity);
  const beforeMs = before?.readMs ?? null;
  const knownUs = before?.lastStampUs ?? null;
  const firstNewUs =
    beforeMs === null || knownUs === null ? null : findStampAfter(bytes, log.format, knownUs);
  const told = findTimes(bytes, log.format);
  const markUs = mark === null ? null : findMark(bytes, log.format, mark.word);
  return {
    drift,
    readMs: beganMsOf(reading),
    isMarkLost: mark !== null && markUs === null,
    anchorsWith: (pairs) =>
      anchorsOfVisit({
        reading,
        mark: mark === null || markUs === null ? null : { ...mark, stampS: markUs / 1e6 },
        lastStampS: lastStampUs === null ? null : lastStampUs / 1e6,
        firstNew: firstNewUs === null || beforeMs === null ? null : { stampS: firstNewUs / 1e6, beforeMs },
        pairs: [...told, ...pairs],
        drift,
      }),
    daterBy: (anchors) => stampDater(anchors, { drift, latestMs: reading.receivedMs }),
  };
}

/** Newest stamp; not always the last record's, for CPUs print in each other's way. */
export function lastStampOf({ newest }: KernelLog): Micros | null {
  return newest.reduce<Micros | null>(
    (last, { stampUs }) => (stampUs !== null && stampUs > (last ?? -1) ? stampUs : last),
    null,
  );
}

const refinement = "Refined TSC clocksource calibration";

/** Kernels since 4.0 refine the TSC as a matter of course; older ones say in the log when they do. */
function isRefined(bytes: Uint8Array, ring: Ring | null, kernel: string | null): boolean {
  return (
    Number.parseInt(kernel ?? "", 10) >= 4 ||
    Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes(refinement) ||
    (ring?.lines.some((line) => line.includes(refinement)) ?? false)
  );
}
