import { hostZoneOf, localMinutesOf } from "@inquest/core";
import type { HostHistory, Incident, TimedDeath } from "@inquest/core";
import type { WatchedSpan } from "./watched-spans.ts";

/** Where the local times of a question are read. */
export interface ZoneChoice {
  /** --tz; null: each host's own. */
  readonly zone: string | null;
  /** For a host that told none. */
  readonly fallbackZone: string;
}

interface Draft {
  readonly deaths: TimedDeath[];
  readonly groups: Set<string>;
  zone: string;
}

/** The deaths of each host on its own wall clock. What has no time cannot recur. */
export async function hostHistories(
  incidents: AsyncIterable<Incident> | Iterable<Incident>,
  watched: ReadonlyMap<string, readonly WatchedSpan[]>,
  { zone, fallbackZone }: ZoneChoice,
): Promise<readonly HostHistory[]> {
  const drafts = new Map<string, Draft>();
  for await (const incident of incidents) {
    const { atMs, errorS } = incident.time;
    if (atMs === null) continue;
    const readIn = zone ?? hostZoneOf(incident) ?? fallbackZone;
    const localMin = localMinutesOf(atMs, readIn);
    if (localMin === null) continue;
    const draft = drafts.get(incident.host) ?? { deaths: [], groups: new Set(), zone: readIn };
    draft.zone = readIn;
    for (const group of incident.groups) draft.groups.add(group);
    draft.deaths.push({
      id: incident.id,
      atMs,
      localMin,
      halfMin: (errorS ?? 0) / 60,
      name: incident.victim.name,
    });
    drafts.set(incident.host, draft);
  }
  return [...drafts].map(([host, draft]) => ({
    host,
    groups: [...draft.groups].toSorted(),
    deaths: draft.deaths,
    watched: localSpans(watched.get(host) ?? [], draft),
    jobs: [],
  }));
}

/** None where a death lies outside of all: saved logs then cover more than the visits tell. */
function localSpans(spans: readonly WatchedSpan[], { deaths, zone }: Draft): HostHistory["watched"] {
  const isOutside = ({ atMs, halfMin }: TimedDeath): boolean =>
    !spans.some(
      ({ fromMs, toMs }) =>
        fromMs - halfMin * 60_000 <= atMs + 1000 && atMs - 1000 <= toMs + halfMin * 60_000,
    );
  if (deaths.some(isOutside)) return [];
  return spans.map(({ fromMs, toMs }) => ({
    fromMin: localMinutesOf(fromMs, zone) ?? 0,
    toMin: localMinutesOf(toMs, zone) ?? 0,
  }));
}
