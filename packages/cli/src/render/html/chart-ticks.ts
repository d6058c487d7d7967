const hourMin = 60;
const dayMin = 24 * hourMin;
/** 1970-01-05 was a Monday: weeks are counted from it. */
const mondayMin = 4 * dayMin;
const steps = [1, 3, 6, 12, 24, 48, 168, 336, 672].map((hours) => hours * hourMin);
const monthSteps = [1, 2, 3, 6, 12, 24, 60, 120];

/** Months alone tell ticks of a longer span apart. Minutes. */
export const monthsFromMin: number = 120 * dayMin;

/**
 * At most `most` round times of a span of a wall clock, in minutes: hours, days, Mondays or, of long spans, the
 * beginnings of months. d3 takes a number of ticks as a wish, and the dates of a narrow chart ran into one another.
 */
export function chartTicks(fromMin: number, toMin: number, most: number): readonly number[] {
  if (toMin - fromMin > monthsFromMin) return monthTicks(fromMin, toMin, most);
  const step = steps.find((minutes) => (toMin - fromMin) / minutes < most) ?? 28 * dayMin;
  const ticks: number[] = [];
  for (
    let tick = Math.ceil((fromMin - mondayMin) / step) * step + mondayMin;
    tick <= toMin && ticks.length < most;
    tick += step
  )
    ticks.push(tick);
  return ticks;
}

function monthTicks(fromMin: number, toMin: number, most: number): readonly number[] {
  const [from, to] = [Math.ceil(monthOf(fromMin)), Math.floor(monthOf(toMin))];
  const step = monthSteps.find((months) => (to - from) / months < most) ?? to - from;
  const ticks: number[] = [];
  for (let month = Math.ceil(from / step) * step; month <= to && ticks.length < most; month += step)
    ticks.push(Date.UTC(Math.floor(month / 12), month % 12) / 60_000);
  return ticks;
}

/** Months since the year 0, with a part for what is over of the month. */
function monthOf(localMin: number): number {
  const [year = 0, month = 1, day = 1] = new Date(localMin * 60_000)
    .toISOString()
    .slice(0, 10)
    .split("-")
    .map(Number);
  return year * 12 + month - 1 + (day - 1) / 31;
}
