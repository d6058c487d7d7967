import { namesByCount } from "../episodes.ts";
import type { Episode } from "../../model/episode.ts";
import type { DailyJob } from "../../model/recurrence.ts";
import { calendarsFor, phaseOf } from "./calendar.ts";
import { offsetOn } from "./circle.ts";
import type { Exposure } from "./exposure.ts";
import { findJobPattern, weighByJobs } from "./job-pattern.ts";
import { chanceOfPulse } from "./null-table.ts";
import { placePattern } from "./pattern.ts";
import type { Pattern } from "./pattern.ts";
import { findPulse } from "./scan.ts";
import { isSeveralDailyJobs } from "./several-daily-jobs.ts";

const mostPatterns = 3;
/** So many spreads from its centre a pattern still has tails. */
const tails = 1.6;
/** What each way of looking pays for the others: all deaths, those of the most frequent process, listed jobs. */
const price = { all: 1.5, process: 1.6, jobs: 1.2 };

/** The patterns of one host, surest first found; p is adjusted for the ways of looking, not for the fleet. */
export function hostPatterns(
  episodes: readonly Episode[],
  exposure: Exposure,
  jobs: readonly DailyJob[],
): readonly Pattern[] {
  const found: Pattern[] = [];
  let rest = episodes;
  while (found.length < mostPatterns) {
    const best = bestPattern(rest, exposure, jobs);
    if (best === null || best.p > 0.05) break;
    found.push(best);
    rest = rest.filter((episode) => !belongsTo(episode, best));
  }
  return found;
}

/** Whether an episode is one of a pattern, or so near that its tails must not make a second one. */
function belongsTo(episode: Episode, { calendar, centerMin, spreadMin, hits }: Pattern): boolean {
  if (hits.includes(episode)) return true;
  const off = Math.abs(offsetOn(calendar.periodMin, centerMin, phaseOf(calendar, episode.localMin)));
  return off <= Math.min(tails * spreadMin + 5, calendar.periodMin / 4) + episode.halfMin;
}

function bestPattern(
  episodes: readonly Episode[],
  exposure: Exposure,
  jobs: readonly DailyJob[],
): Pattern | null {
  const [name] = namesByCount(episodes.flatMap(({ deaths }) => deaths.slice(0, 1)));
  const ofProcess = episodes.filter((episode) => episode.name === name);
  const candidates = [
    scanned(episodes, episodes, exposure, jobs, price.all),
    ofProcess.length < episodes.length ? scanned(ofProcess, episodes, exposure, jobs, price.process) : null,
    findJobPattern(episodes, exposure, jobs, price.jobs),
  ].filter((one) => one !== null);
  return candidates.toSorted((a, b) => a.p - b.p)[0] ?? null;
}

/** The best pulse of a series that no guard rejects, placed among all episodes of the host. */
function scanned(
  series: readonly Episode[],
  episodes: readonly Episode[],
  exposure: Exposure,
  jobs: readonly DailyJob[],
  priceOfSeries: number,
): Pattern | null {
  const spanMin = (series.at(-1)?.localMin ?? 0) - (series[0]?.localMin ?? 0);
  let among = calendarsFor(spanMin);
  for (;;) {
    const pulse = findPulse(series, exposure, among);
    if (pulse === null) return null;
    if (isSeveralDailyJobs(pulse)) {
      among = among.filter((calendar) => calendar !== pulse.calendar);
      continue;
    }
    const placed = placePattern(pulse.calendar, pulse.hits, episodes);
    const p = weighByJobs(chanceOfPulse(pulse), placed, jobs);
    return { ...placed, p: Math.min(1, priceOfSeries * p), jobs: [] };
  }
}
