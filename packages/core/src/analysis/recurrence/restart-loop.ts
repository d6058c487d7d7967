import type { Episode, TimedDeath } from "../../model/episode.ts";
import type { Millis } from "../../model/units.ts";
import { namesByCount, toEpisodes } from "../episodes.ts";
import { findInterval, mostChance } from "./interval.ts";
import type { Interval } from "./interval.ts";

/** Deaths of one name this near are one: what dies and comes back takes longer. */
const atOnceMs: Millis = 10_000;
/** Shorter spacings are of a storm, and even because what is at once counts as one. */
const leastPeriodMin = 1;
/** A loop is over where nothing died for so long. */
const overMs: Millis = 30 * 60_000;

/** Deaths of one process at even spacings of minutes: it dies again soon after it has come back. */
export interface RestartLoop {
  readonly interval: Interval;
  /** One a death. */
  readonly episodes: readonly Episode[];
}

/**
 * The surest restart loop of a host, or null: runs of the name that died most often, each tested as an interval is and
 * weighed against their number. Storms, in which ten minutes hold many deaths together, hide it from episodes.
 */
export function findRestartLoop(host: string, deaths: readonly TimedDeath[]): RestartLoop | null {
  const [name] = namesByCount(deaths);
  const single = toEpisodes(
    host,
    deaths.filter((death) => death.name === name),
    atOnceMs,
  );
  const runs = runsOf(single);
  const loops = runs.flatMap((episodes): readonly RestartLoop[] => {
    const interval = findInterval(episodes);
    const p = (interval?.p ?? 1) * runs.length;
    return interval === null || p > mostChance || interval.periodMin < leastPeriodMin
      ? []
      : [{ interval: { ...interval, p }, episodes }];
  });
  return (
    loops.toSorted((a, b) => a.interval.p - b.interval.p || b.episodes.length - a.episodes.length)[0] ?? null
  );
}

function runsOf(episodes: readonly Episode[]): readonly (readonly Episode[])[] {
  const runs: Episode[][] = [];
  let lastMs = -Infinity;
  for (const episode of episodes) {
    if (episode.atMs - lastMs <= overMs) runs.at(-1)?.push(episode);
    else runs.push([episode]);
    lastMs = episode.endMs;
  }
  return runs.filter(({ length }) => length > 1);
}
