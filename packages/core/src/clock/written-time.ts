import type { TimeOfDay } from "../model/alert.ts";
import type { WrittenTime } from "../model/kernel-record.ts";
import type { EpochMs, Millis, Seconds } from "../model/units.ts";
import type { WallTime } from "../model/wall-time.ts";
import type { WallInterval } from "./anchor.ts";
import { utcOffsetOf } from "./local-time.ts";
import { yearKeeper } from "./year-keeper.ts";

export { yearCounter, yearedBy, yearIn, yearKeeper } from "./year-keeper.ts";
export type { YearTurn } from "./year-keeper.ts";

/** What must be known to make a wall time of a written one. */
export interface WrittenContext {
  /** Zone of times written without an offset, an IANA name or `+08:00`; null or unknown: any zone of the earth. */
  readonly zone: string | null;
  /** No record is later: when the text was captured, read, or last modified. */
  readonly latestMs: EpochMs;
}

/** A daemon that keeps up reads a record up to this much later than the kernel wrote it. */
const readLateMs: Millis = 2000;
/**
 * `dmesg -T` adds the stamp to a boot time it has computed: 95 % of such times are within this, by a simulation of 300
 * hosts whose clocks drift by 30 ppm and which now and then are suspended.
 */
const derivedErrorMs: Millis = 1_000_000;
/** Whole-second sources, leap seconds and smears: no time is claimed closer than this. */
const floorS: Seconds = 1;
const dayMs: Millis = 86_400_000;
/** Clocks of the earth lie between UTC−12 and UTC+14. */
const zonesMs: WallInterval = { loMs: -14 * 3_600_000, hiMs: 12 * 3_600_000 };

/**
 * The wall time of a written time, host clock; without a year the latest that fits (a file has a yearKeeper). Never
 * later than `latestMs`: what lies wholly after it is no time of a record that was read then, but `ordered-only`.
 */
export function wallTimeOfWritten(written: WrittenTime, context: WrittenContext): WallTime {
  const { loMs, hiMs } = instantOfWritten(written, context);
  const [earlyMs, lateMs] = written.by === "derived" ? [derivedErrorMs, derivedErrorMs] : [readLateMs, 0];
  return notAfter(context.latestMs, { loMs: loMs - earlyMs, hiMs: hiMs + lateMs });
}

/** When a time was written, as far as its digits and its zone tell: from its first instant to its last. */
export function instantOfWritten(written: WrittenTime, context: WrittenContext): WallInterval {
  const { localMs, offsetS, resolutionS } = written.hasYear ? written : yearKeeper(context.latestMs)(written);
  const read = offsetS === null ? instantsOf(localMs, context.zone) : exactly(localMs - offsetS * 1000);
  return { loMs: read.loMs, hiMs: read.hiMs + resolutionS * 1000 };
}

/** The wall time of a time of day written without a date: the latest such time that is not after `latestMs`. */
export function wallTimeOfDay({ timeOfDayS, resolutionS }: TimeOfDay, context: WrittenContext): WallTime {
  const { zone, latestMs } = context;
  const offsetS = utcOffsetIn(latestMs, zone);
  // Without a zone it may be any time of a day.
  if (offsetS === null) return notAfter(latestMs, { loMs: latestMs - dayMs, hiMs: latestMs });
  const todayMs = Math.floor((latestMs + offsetS * 1000) / dayMs) * dayMs + timeOfDayS * 1000;
  // Tomorrow's, where the clocks go back over midnight.
  const days = [todayMs + dayMs, todayMs, todayMs - dayMs];
  const localMs = days.find((ms) => instantsOf(ms, zone).loMs <= latestMs) ?? todayMs - dayMs;
  return wallTimeOfWritten({ localMs, hasYear: true, offsetS: null, resolutionS, by: "received" }, context);
}

/**
 * The instants at which clocks of a zone show a local time: one; from the first to the second where the hour is
 * repeated; the hour that is skipped moves on by what was skipped (ECMA Temporal, disambiguation "compatible").
 */
function instantsOf(localMs: EpochMs, zone: string | null): WallInterval {
  // Transitions lie more than two days apart: the offsets of the day before and of the day after are all there are.
  const beforeS = utcOffsetIn(localMs - dayMs, zone);
  const afterS = utcOffsetIn(localMs + dayMs, zone);
  if (beforeS === null || afterS === null)
    return { loMs: localMs + zonesMs.loMs, hiMs: localMs + zonesMs.hiMs };
  const shown = [...new Set([beforeS, afterS])]
    .map((offsetS) => ({ offsetS, atMs: localMs - offsetS * 1000 }))
    .filter(({ offsetS, atMs }) => utcOffsetIn(atMs, zone) === offsetS)
    .map(({ atMs }) => atMs);
  if (shown.length === 0) return exactly(localMs - beforeS * 1000);
  return { loMs: Math.min(...shown), hiMs: Math.max(...shown) };
}

function utcOffsetIn(atMs: EpochMs, zone: string | null): Seconds | null {
  return zone === null ? null : utcOffsetOf(atMs, zone);
}

function exactly(atMs: EpochMs): WallInterval {
  return { loMs: atMs, hiMs: atMs };
}

function notAfter(latestMs: EpochMs, { loMs, hiMs }: WallInterval): WallTime {
  if (!(loMs <= latestMs)) return { atMs: null, errorS: null, method: "ordered-only" };
  const endMs = Math.min(hiMs, latestMs);
  // The midpoint to the millisecond: more digits would claim more than any half-width here allows.
  const atMs = Math.round((loMs + endMs) / 2);
  return { atMs, errorS: Math.max(floorS, Math.ceil((endMs - loMs) / 20) / 100), method: "imported" };
}
