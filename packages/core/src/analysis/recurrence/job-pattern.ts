import type { Episode } from "../../model/episode.ts";
import type { DailyJob } from "../../model/recurrence.ts";
import { binomialTail } from "./binomial-tail.ts";
import { calendars, cycleOf, dayMin, phaseOf } from "./calendar.ts";
import type { Exposure } from "./exposure.ts";
import { modulo, offsetOn } from "./circle.ts";
import { placePattern } from "./pattern.ts";
import type { Pattern } from "./pattern.ts";

/** Deaths may come so long before the minute that a job is written for (clocks and spread differ), and so long after. */
const reaches = [
  { beforeMin: 5, afterMin: 15 },
  { beforeMin: 5, afterMin: 30 },
  { beforeMin: 30, afterMin: 60 },
];
/** What starts more often starts near any time: it is named at best, and predicts nothing. */
const mostStarts = 2;

/** Jobs that a death can be tested against: they start once or twice on their days, and keep to weekdays. */
export function isTelling({ dates, startsPerDay }: DailyJob): boolean {
  return dates === null && startsPerDay <= mostStarts;
}

/** The listed job after whose starts most deaths come; two nights can be enough, for the window was named before. */
export function findJobPattern(
  episodes: readonly Episode[],
  exposure: Exposure,
  jobs: readonly DailyJob[],
  price: number,
): Pattern | null {
  const [daily, weekly] = calendars;
  if (daily === undefined || weekly === undefined) return null;
  const usable = episodes.filter(({ halfMin }) => halfMin <= 30);
  let best: { readonly hits: readonly Episode[]; readonly job: DailyJob; readonly tail: number } | null =
    null;
  for (const job of jobs) {
    const days = job.weekdays ?? [0];
    const calendar = job.weekdays === null ? daily : weekly;
    for (const { beforeMin, afterMin } of reaches) {
      const width = beforeMin + afterMin;
      const starts = days.map((day) => (job.weekdays === null ? 0 : day * dayMin) + job.startMin - beforeMin);
      const inside = usable.filter(({ localMin }) =>
        starts.some((start) => modulo(phaseOf(calendar, localMin) - start, calendar.periodMin) <= width),
      );
      const hits = [
        ...new Map(inside.map((hit) => [cycleOf(daily, hit.localMin, job.startMin), hit])).values(),
      ];
      if (hits.length < 2) continue;
      const share = starts.reduce((sum, start) => sum + exposure(calendar, start, width), 0);
      const tail = binomialTail(usable.length - inside.length + hits.length, hits.length, Math.min(1, share));
      if (best === null || tail < best.tail) best = { hits, job, tail };
    }
  }
  if (best === null) return null;
  const { hits, job, tail } = best;
  const calendar = job.weekdays?.length === 1 ? weekly : daily;
  const p = Math.min(1, tail * jobs.length * 2 * price);
  return { ...placePattern(calendar, hits, episodes), p, jobs: [job] };
}

/** Part of a window's chance that is kept for windows beside a job, where jobs are listed. */
const besideShare = 0.3;
/** A window's centre lies this near before, or after, the start of the job that causes it. */
const nearBeforeMin = 10;
const nearAfterMin = 30;

/**
 * A chance weighed by whether a listed job starts near the window: rarer where a job happens to stand there, a little
 * more likely where none does. Over both it is still a chance.
 */
export function weighByJobs(
  p: number,
  { calendar, centerMin }: Pick<Pattern, "calendar" | "centerMin">,
  jobs: readonly DailyJob[],
): number {
  if (jobs.length === 0 || calendar.periodMin < dayMin || calendar.kind === "monthly") return p;
  const slots = 10;
  const isNear = (minute: number): boolean =>
    jobs.some(({ startMin, weekdays }) => {
      const off = offsetOn(dayMin, startMin, minute);
      if (off < -nearBeforeMin || off > nearAfterMin) return false;
      return (
        calendar.periodMin === dayMin ||
        weekdays === null ||
        weekdays.includes(Math.floor(modulo(minute - off, calendar.periodMin) / dayMin))
      );
    });
  let near = 0;
  for (let at = 0; at < calendar.periodMin; at += slots) if (isNear(at)) near += slots;
  const share = near / calendar.periodMin;
  return isNear(centerMin) ? (p * share) / besideShare : (p * (1 - share)) / (1 - besideShare);
}
