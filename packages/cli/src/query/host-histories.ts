import { dailyJobsOf, hostZoneOf, localMinutesOf } from "@inquest/core";
import type { HostHistory, Schedule, TimedDeath } from "@inquest/core";
import type { IncidentTime } from "@inquest/store";
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
  /** The host's own, which its jobs are started by. */
  hostZone: string;
}

/** The deaths of each host on its own wall clock, and what it starts there. What has no time cannot recur. */
export async function hostHistories(
  incidents: AsyncIterable<IncidentTime> | Iterable<IncidentTime>,
  watched: ReadonlyMap<string, readonly WatchedSpan[]>,
  { zone, fallbackZone }: ZoneChoice,
  schedulesOf: (host: string) => Promise<readonly Schedule[] | null>,
): Promise<readonly HostHistory[]> {
  const drafts = new Map<string, Draft>();
  for await (const incident of incidents) {
    const { atMs, errorS } = incident.time;
    if (atMs === null) continue;
    const readIn = zone ?? hostZoneOf(incident) ?? fallbackZone;
    const localMin = localMinutesOf(atMs, readIn);
    if (localMin === null) continue;
    const draft = drafts.get(incident.host) ?? {
      deaths: [],
      groups: new Set(),
      zone: readIn,
      hostZone: readIn,
    };
    draft.zone = readIn;
    draft.hostZone = hostZoneOf(incident) ?? fallbackZone;
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
  const histories: HostHistory[] = [];
  for (const [host, draft] of drafts) {
    histories.push({
      host,
      groups: [...draft.groups].toSorted(),
      deaths: draft.deaths,
      watched: localSpans(watched.get(host) ?? [], draft),
      jobs: dailyJobsOf(host, (await schedulesOf(host)) ?? [], (own) => shiftMin(own, draft)),
    });
  }
  return histories;
}

/** By how many minutes the clock that deaths are read on was ahead of a job's at the last death; 0: not known. */
function shiftMin(own: string | null, { deaths, zone, hostZone }: Draft): number {
  const atMs = deaths.at(-1)?.atMs ?? 0;
  const there = localMinutesOf(atMs, own ?? hostZone);
  return there === null ? 0 : Math.round((localMinutesOf(atMs, zone) ?? there) - there);
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
