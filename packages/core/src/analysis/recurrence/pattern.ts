import type { Episode } from "../../model/episode.ts";
import type { DailyJob } from "../../model/recurrence.ts";
import { cycleOf, dayMin, phaseOf } from "./calendar.ts";
import type { Calendar } from "./calendar.ts";
import { modulo, offsetOn } from "./circle.ts";

/** A window that was found, placed and measured. */
export interface Pattern {
  readonly calendar: Calendar;
  readonly centerMin: number;
  readonly spreadMin: number;
  readonly driftMinPerDay: number | null;
  /** Every episode in it, by time. */
  readonly hits: readonly Episode[];
  readonly p: number;
  readonly jobs: readonly DailyJob[];
}

/** A host may carry a window no further than this from its centre. */
const leastReachMin = 8;
/** Wider is a time of the day, not a time. */
const mostReachMin = 110;
/** Each takes in what lies beside the one before: more of them wander off into noise. */
const rounds = 2;
/** Student's t from which, and minutes in all from which, the window moves. */
const clearSlope = 4;
const leastMoveMin = 10;

/** Centre, spread and drift of the window that the scan's hits seed; takes in episodes just outside of it. */
export function placePattern(
  calendar: Calendar,
  seeds: readonly Episode[],
  episodes: readonly Episode[],
): Omit<Pattern, "p" | "jobs"> {
  const { periodMin } = calendar;
  const anchor = phaseOf(calendar, seeds[0]?.localMin ?? 0);
  const offsetOf = ({ localMin }: Episode): number =>
    offsetOn(periodMin, anchor, phaseOf(calendar, localMin));
  let hits = seeds;
  let center = 0;
  for (let round = 0; round < rounds; round += 1) {
    const offsets = hits.map(offsetOf);
    center = centerOf(hits, offsets);
    const sure = hits.filter(({ halfMin }) => halfMin <= 30);
    const used = sure.length >= 2 ? sure.map(offsetOf) : offsets;
    const sd = Math.sqrt(
      used.reduce((sum, value) => sum + (value - center) ** 2, 0) / Math.max(1, used.length - 1),
    );
    const reach = Math.min(Math.max(leastReachMin, 2.5 * sd), mostReachMin, 0.25 * periodMin);
    const near = episodes.filter(
      (episode) =>
        Math.abs(offsetOn(periodMin, center, offsetOf(episode))) <= reach &&
        episode.halfMin <= Math.max(reach, 60),
    );
    if (near.length < 2) break;
    hits = near;
  }
  const drift = periodMin >= dayMin && calendar.kind !== "monthly" ? driftOf(hits, hits.map(offsetOf)) : null;
  const offsets = hits.map(offsetOf);
  center = centerOf(hits, offsets);
  const last = hits.at(-1)?.localMin ?? 0;
  const now = drift === null ? center : drift.atMin + (drift.minPerDay * last) / dayMin;
  const rest = hits.map((hit, at) => {
    const expected = drift === null ? center : drift.atMin + (drift.minPerDay * hit.localMin) / dayMin;
    return Math.abs((offsets[at] ?? 0) - expected);
  });
  return {
    calendar,
    centerMin: modulo(anchor + now, periodMin),
    spreadMin: Math.max(1, ...rest),
    driftMinPerDay: drift?.minPerDay ?? null,
    hits,
  };
}

/** Cycles with a hit. */
export function cyclesSeen({
  calendar,
  centerMin,
  hits,
}: Pick<Pattern, "calendar" | "centerMin" | "hits">): number {
  return new Set(hits.map(({ localMin }) => cycleOf(calendar, localMin, centerMin))).size;
}

/** Between mean and median: the one is efficient, the other robust. Uncertain times count less. */
function centerOf(hits: readonly Episode[], offsets: readonly number[]): number {
  const sure = offsets.filter((_, at) => (hits[at]?.halfMin ?? 0) <= 8);
  const used = sure.length >= 3 ? sure : offsets;
  const sorted = used.toSorted((a, b) => a - b);
  const half = sorted.length >> 1;
  const median =
    sorted.length % 2 === 1 ? (sorted[half] ?? 0) : ((sorted[half - 1] ?? 0) + (sorted[half] ?? 0)) / 2;
  return (used.reduce((sum, value) => sum + value, 0) / used.length + median) / 2;
}

function driftOf(
  hits: readonly Episode[],
  offsets: readonly number[],
): { readonly minPerDay: number; readonly atMin: number } | null {
  const n = hits.length;
  if (n < 4) return null;
  const days = hits.map(({ localMin }) => localMin / dayMin);
  const meanDay = days.reduce((sum, day) => sum + day, 0) / n;
  const mean = offsets.reduce((sum, value) => sum + value, 0) / n;
  let sxx = 0;
  let sxy = 0;
  days.forEach((day, at) => {
    sxx += (day - meanDay) ** 2;
    sxy += (day - meanDay) * ((offsets[at] ?? 0) - mean);
  });
  if (sxx === 0) return null;
  const slope = sxy / sxx;
  const rest = days.reduce(
    (sum, day, at) => sum + ((offsets[at] ?? 0) - mean - slope * (day - meanDay)) ** 2,
    0,
  );
  const error = Math.sqrt(Math.max(rest / (n - 2), 0.01) / sxx);
  const movedMin = Math.abs(slope) * ((days.at(-1) ?? 0) - (days[0] ?? 0));
  if (Math.abs(slope) / error < clearSlope || movedMin <= leastMoveMin) return null;
  return { minPerDay: slope, atMin: mean - slope * meanDay };
}
