import type { Incident } from "../model/incident.ts";
import type { Storm } from "../model/storm.ts";
import type { Seconds } from "../model/units.ts";
import { episodeGapMs, episodeIdOf } from "./episodes.ts";

/**
 * The deaths of one host in storms: none in one lies more than 10 minutes after the one before. `incidents` are in the
 * store's order (by time, then those without one by stamp). Deaths without a time are held together by their stamps.
 */
export function toStorms(incidents: readonly Incident[]): readonly Storm[] {
  const groups: [Incident, ...Incident[]][] = [];
  for (const incident of incidents) {
    const group = groups.at(-1);
    const last = group?.at(-1);
    const gapS = last === undefined ? null : secondsBetween(last, incident);
    if (group !== undefined && gapS !== null && Math.abs(gapS) * 1000 <= episodeGapMs) group.push(incident);
    else groups.push([incident]);
  }
  return groups.map((deaths) => {
    const last = deaths.at(-1) ?? deaths[0];
    return {
      id: episodeIdOf(deaths[0].host, deaths[0].id),
      deaths,
      spanS: deaths.length === 1 ? null : secondsBetween(deaths[0], last),
    };
  });
}

/** How long after one death another came, by stamps of one boot where that is sure; null where nothing tells. */
export function secondsBetween(one: Incident, other: Incident): Seconds | null {
  const areDated = one.time.atMs !== null && other.time.atMs !== null;
  const isNoneDated = one.time.atMs === null && other.time.atMs === null;
  const isOneBoot = one.bootId === other.bootId && (one.bootId !== null || isNoneDated);
  if (isOneBoot && one.stampUs !== null && other.stampUs !== null) return (other.stampUs - one.stampUs) / 1e6;
  return areDated ? ((other.time.atMs ?? 0) - (one.time.atMs ?? 0)) / 1000 : null;
}
