import type { Episode } from "../../model/episode.ts";
import { calendars, cycleOf, phaseOf } from "./calendar.ts";
import { offsetOn } from "./circle.ts";
import type { Exposure } from "./exposure.ts";
import { chanceOfPulse } from "./null-table.ts";
import { placePattern } from "./pattern.ts";
import type { Pattern } from "./pattern.ts";
import { findPulse } from "./scan.ts";

/** Episodes of several hosts within this are one shock: it counts once. */
const shockMin = 30;
const leastHosts = 3;

/** Episodes of several hosts, the first of each shared shock. */
export function shocksOf(episodes: readonly Episode[]): readonly Episode[] {
  const shocks: Episode[] = [];
  let lastMin = -Infinity;
  for (const episode of episodes.toSorted((a, b) => a.localMin - b.localMin)) {
    if (episode.localMin - lastMin > shockMin) shocks.push(episode);
    lastMin = episode.localMin;
  }
  return shocks;
}

/** A daily or weekly pattern that several hosts make up together: at least three days and three hosts. */
export function pooledPattern(episodes: readonly Episode[], exposure: Exposure): Pattern | null {
  const shocks = shocksOf(episodes);
  const pulse = findPulse(shocks, exposure, calendars.slice(0, 2));
  if (pulse === null) return null;
  const { calendar } = pulse;
  const p = chanceOfPulse(pulse);
  const placed = placePattern(calendar, pulse.hits, shocks);
  const reach = Math.max(10, placed.spreadMin);
  const hits = episodes
    .filter(
      ({ localMin, halfMin }) =>
        Math.abs(offsetOn(calendar.periodMin, placed.centerMin, phaseOf(calendar, localMin))) <=
        reach + Math.min(halfMin, 90),
    )
    .toSorted((a, b) => a.localMin - b.localMin);
  if (new Set(hits.map(({ host }) => host)).size < leastHosts) return null;
  const days = new Set(hits.map(({ localMin }) => cycleOf(calendar, localMin, placed.centerMin))).size;
  return days < 3 ? null : { ...placed, hits, p, jobs: [] };
}
