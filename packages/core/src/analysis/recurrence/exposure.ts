import type { LocalSpan } from "../../model/recurrence.ts";
import { calendars, dayMin, weekMin } from "./calendar.ts";
import type { Calendar } from "./calendar.ts";
import { modulo } from "./circle.ts";

/** Share of all watched minutes that lies in the part [fromMin, fromMin + widthMin) of a calendar's circle. */
export type Exposure = (calendar: Calendar, fromMin: number, widthMin: number) => number;

/** Watching less than this part of the even share would make any death there a wonder. */
const leastPart = 0.25;
const mondayMin = 3 * dayMin;

/** Every minute counts alike: where nobody knows what was watched. */
export const evenExposure: Exposure = ({ periodMin }, _fromMin, widthMin) => widthMin / periodMin;

/** Exposure of a host, or of several, from the stretches in which their logs were covered. */
export function exposureOf(watched: readonly LocalSpan[]): Exposure {
  const minutes = watched.reduce((sum, { fromMin, toMin }) => sum + toMin - fromMin, 0);
  if (!(minutes > 0)) return evenExposure;
  const week = weekOf(watched);
  const sums = new Map<number, Float64Array>();
  for (const { periodMin } of calendars) sums.set(periodMin, runningSums(week, periodMin));
  return ({ periodMin }, fromMin, widthMin) => {
    const even = widthMin / periodMin;
    const sum = sums.get(periodMin);
    if (sum === undefined) return even;
    const share = (at: number): number => sum[Math.min(periodMin, Math.round(at))] ?? 0;
    const from = modulo(fromMin, periodMin);
    const to = from + widthMin;
    const inside =
      to <= periodMin ? share(to) - share(from) : share(periodMin) - share(from) + share(to - periodMin);
    return Math.max(inside / minutes, even * leastPart);
  };
}

/** Watched minutes of each minute of the week. */
function weekOf(watched: readonly LocalSpan[]): Float64Array {
  const steps = new Float64Array(weekMin + 1);
  let everywhere = 0;
  for (const { fromMin, toMin } of watched) {
    const length = Math.round(toMin - fromMin);
    everywhere += Math.floor(length / weekMin);
    const from = Math.round(modulo(fromMin + mondayMin, weekMin)) % weekMin;
    const to = from + (length % weekMin);
    steps[from] = (steps[from] ?? 0) + 1;
    steps[Math.min(to, weekMin)] = (steps[Math.min(to, weekMin)] ?? 0) - 1;
    if (to > weekMin) {
      steps[0] = (steps[0] ?? 0) + 1;
      steps[to - weekMin] = (steps[to - weekMin] ?? 0) - 1;
    }
  }
  let level = everywhere;
  return steps.subarray(0, weekMin).map((step) => (level += step));
}

function runningSums(week: Float64Array, periodMin: number): Float64Array {
  const sums = new Float64Array(periodMin + 1);
  for (let at = 0; at < weekMin; at += 1) {
    const slot = (at % periodMin) + 1;
    sums[slot] = (sums[slot] ?? 0) + (week[at] ?? 0);
  }
  for (let at = 1; at <= periodMin; at += 1) sums[at] = (sums[at] ?? 0) + (sums[at - 1] ?? 0);
  return sums;
}
