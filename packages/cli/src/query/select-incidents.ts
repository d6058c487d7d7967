import { hostZoneOf, localTimeOf, matchesTimeOfDay } from "@inquest/core";
import type { Incident, TimeOfDayMatch, TimeOfDayWindow } from "@inquest/core";
import type { IncidentTime, Store } from "@inquest/store";
import type { IncidentQuery } from "../options/query.ts";

/** An incident that a query found, or as much of it as was read. */
export interface FoundIncident<T extends IncidentTime = Incident> {
  readonly incident: T;
  /** It matches --at only because its time is less certain than the window is wide. */
  readonly overlaps: boolean;
}

/**
 * The incidents that a query asks for, in the order of the store. `fallbackZone` is where the time of day of a
 * host is read that told no zone.
 */
export function selectIncidents(
  store: Store,
  query: IncidentQuery,
  fallbackZone: string,
): AsyncGenerator<FoundIncident> {
  return matching(store.incidents(query.filter), store, query, fallbackZone);
}

/** When and where each of them was; without those that have no time. */
export async function* selectIncidentTimes(
  store: Store,
  query: IncidentQuery,
  fallbackZone: string,
): AsyncGenerator<IncidentTime> {
  const found = matching(store.incidentTimes(query.filter), store, query, fallbackZone);
  for await (const { incident } of found) yield incident;
}

async function* matching<T extends IncidentTime>(
  incidents: AsyncIterable<T>,
  store: Store,
  query: IncidentQuery,
  fallbackZone: string,
): AsyncGenerator<FoundIncident<T>> {
  for await (const incident of incidents) {
    if (query.excluded.has(incident.host)) continue;
    if (incident.groups.some((group) => query.excludedGroups.has(group))) continue;
    const match = query.timeOfDay === null ? "yes" : timeOfDayOf(incident, query.timeOfDay, fallbackZone);
    if (match === "no") continue;
    if (query.grep !== null && !(await hasLine(store, incident, query.grep))) continue;
    yield { incident, overlaps: match === "overlaps" };
  }
}

function timeOfDayOf(incident: IncidentTime, window: TimeOfDayWindow, fallbackZone: string): TimeOfDayMatch {
  const { atMs, errorS } = incident.time;
  if (atMs === null || errorS === null) return "no";
  const local = localTimeOf(atMs, hostZoneOf(incident) ?? fallbackZone);
  return local === null ? "no" : matchesTimeOfDay({ timeOfDayS: local.timeOfDayS, errorS }, window);
}

async function hasLine(store: Store, { host, reportId }: IncidentTime, pattern: RegExp): Promise<boolean> {
  const report = reportId === null ? null : await store.findReport(host, reportId);
  return report?.lines.some((line) => pattern.test(line)) ?? false;
}

/** The last `limit` of a sequence (all where null), newest first when `reverse`. Keeps no more than it must. */
export async function* lastOf<T>(
  items: AsyncIterable<T>,
  { limit, reverse }: { readonly limit: number | null; readonly reverse: boolean },
): AsyncGenerator<T> {
  if (limit === null && !reverse) {
    yield* items;
    return;
  }
  const kept: T[] = [];
  for await (const item of items) {
    kept.push(item);
    if (limit !== null && kept.length >= 2 * limit) kept.splice(0, kept.length - limit);
  }
  const last = limit === null ? kept : kept.slice(-limit);
  yield* reverse ? last.toReversed() : last;
}
