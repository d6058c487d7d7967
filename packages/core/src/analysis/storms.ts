import { incidentKinds } from "../model/incident.ts";
import type { Incident, IncidentKind } from "../model/incident.ts";
import type { Storm } from "../model/storm.ts";
import type { Seconds } from "../model/units.ts";
import { episodeGapMs, episodeIdOf } from "./episodes.ts";

/** What tells when a death was. */
export interface DeathTime extends Pick<Incident, "stampUs" | "bootId"> {
  readonly time: Pick<Incident["time"], "atMs">;
}

/** What happens around deaths, or explains that somebody is missing, and is none itself. */
const aroundDeaths: ReadonlySet<IncidentKind> = new Set(["alert", "reboot", "vanished"]);

/** Kinds of incident that make a storm. */
export const stormKinds: readonly IncidentKind[] = incidentKinds.filter((kind) => !aroundDeaths.has(kind));

/**
 * The deaths of one host in storms: none in one lies more than 10 minutes after the one before. `incidents` are in the
 * store's order (by time, then those without one by stamp). Deaths without a time are held together by their stamps.
 */
export function toStorms(incidents: readonly Incident[]): readonly Storm[] {
  const groups: [Incident, ...Incident[]][] = [];
  for (const incident of incidents) {
    const group = groups.at(-1);
    const last = group?.at(-1);
    if (group !== undefined && last !== undefined && areOneStorm(last, incident)) group.push(incident);
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

/** Whether a death and the next of its host lie in one storm: no more than 10 minutes apart. */
export function areOneStorm(one: DeathTime, next: DeathTime): boolean {
  const gapS = secondsBetween(one, next);
  return gapS !== null && Math.abs(gapS) * 1000 <= episodeGapMs;
}

/** How long after one death another came, by stamps of one boot where that is sure; null where nothing tells. */
export function secondsBetween(one: DeathTime, other: DeathTime): Seconds | null {
  const areDated = one.time.atMs !== null && other.time.atMs !== null;
  const isNoneDated = one.time.atMs === null && other.time.atMs === null;
  const isOneBoot = one.bootId === other.bootId && (one.bootId !== null || isNoneDated);
  if (isOneBoot && one.stampUs !== null && other.stampUs !== null) return (other.stampUs - one.stampUs) / 1e6;
  return areDated ? ((other.time.atMs ?? 0) - (one.time.atMs ?? 0)) / 1000 : null;
}
