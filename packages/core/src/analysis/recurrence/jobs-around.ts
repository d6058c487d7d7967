import type { Episode } from "../../model/episode.ts";
import type { DailyJob } from "../../model/recurrence.ts";
import { dayMin, weekdayOf } from "./calendar.ts";
import { offsetOn } from "./circle.ts";
import type { Pattern } from "./pattern.ts";

/** Clocks differ by so much: a job may seem to start after what it causes. */
const earlyMin = 5;
/** What a job causes comes this long after its start, or after the random delay of anacron and timers (RANDOM_DELAY=45). */
const lateMin = 45;
/** A job that starts so often that it stands near half of all times says nothing. */
const mostShare = 0.5;
/** On so many of the nights on which something died the job must have started. */
const leastNights = 0.5;

/** Minutes of distance that these are worth when jobs are ranked: a start behind the centre, other hosts, more starts. */
const cost = { afterCentre: 20, otherHosts: 30, eachStart: 5 };

/** What a pattern tells of its window and of its deaths. */
type Window = Pick<Pattern, "calendar" | "centerMin" | "spreadMin" | "hits" | "jobs">;

/**
 * Jobs of the affected hosts that start in a pattern's window or up to 45 minutes before it, on the days on which
 * something died: the one that the pattern was found by first, then close before the centre, on most of the hosts,
 * seldom. One entry a job and host.
 */
export function jobsAround(pattern: Window, jobs: readonly DailyJob[]): readonly DailyJob[] {
  const { hits } = pattern;
  const hosts = new Set(hits.map(({ host }) => host));
  const near = [...pattern.jobs, ...jobs.filter((job) => hosts.has(job.host))].flatMap((job) => {
    const offMin = distanceOf(job, pattern);
    return offMin !== null && startsOnNights(job, hits) ? [{ job, offMin }] : [];
  });
  const hostsOf = Map.groupBy(near, ({ job }) => nameOf(job));
  const costOf = ({ job, offMin }: (typeof near)[number]): number => {
    const on = new Set(hostsOf.get(nameOf(job))?.map((other) => other.job.host)).size;
    const away = offMin < 0 ? cost.afterCentre - offMin : offMin;
    return away + cost.otherHosts * (1 - on / hosts.size) + cost.eachStart * (job.startsPerDay - 1);
  };
  const ranked = near
    .map((one) => ({ ...one, rank: pattern.jobs.includes(one.job) ? -1 : costOf(one) }))
    .toSorted(
      (a, b) => a.rank - b.rank || compare(nameOf(a.job), nameOf(b.job)) || compare(a.job.host, b.job.host),
    );
  const first = new Map<string, DailyJob>();
  for (const { job } of ranked) {
    const key = `${job.host}\0${nameOf(job)}`;
    if (!first.has(key)) first.set(key, job);
  }
  return [...first.values()];
}

/** How long before the centre a job starts, minutes; null: outside of the window, or near any time. */
function distanceOf(
  { startMin, startsPerDay }: DailyJob,
  { calendar, centerMin, spreadMin }: Window,
): number | null {
  const period = Math.min(calendar.periodMin, dayMin);
  const early = Math.min(spreadMin + earlyMin, period / 4);
  const late = Math.min(spreadMin + lateMin, period / 2);
  const turns = dayMin / period;
  const isEverywhere =
    period === dayMin ? (startsPerDay * (early + late)) / dayMin > mostShare : startsPerDay > turns;
  const offMin = offsetOn(period, startMin, centerMin);
  return isEverywhere || startsPerDay < turns / 2 || offMin < -early || offMin > late ? null : offMin;
}

/** Whether a job starts on most of the days on which something died on its host. */
function startsOnNights(job: DailyJob, hits: readonly Episode[]): boolean {
  const own = hits.filter(({ host }) => host === job.host);
  const after = own.filter(({ localMin }) => {
    const startedMin = localMin - offsetOn(dayMin, job.startMin, localMin);
    return startsOn(job, startedMin);
  });
  return after.length >= own.length * leastNights;
}

function startsOn({ weekdays, dates }: DailyJob, localMin: number): boolean {
  const day = weekdayOf(localMin);
  if (dates === null) return weekdays?.includes(day) ?? true;
  const at = new Date(localMin * 60_000);
  const inMonth = dates.months?.includes(at.getUTCMonth() + 1) ?? true;
  const onDate = dates.daysOfMonth?.includes(at.getUTCDate()) ?? true;
  const onWeekday = dates.weekdays?.includes(day) ?? true;
  return inMonth && (dates.eitherDay ? onDate || onWeekday : onDate && onWeekday);
}

function nameOf({ source, schedule, command }: DailyJob): string {
  return `${source}\0${schedule}\0${command}`;
}

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
