import { hostZoneOf, localMinutesOf } from "@inquest/core";
import type { EpochMs, HostHistory, Incident } from "@inquest/core";
import type { HostSummary, Store } from "@inquest/store";
import type { Disguise } from "../anonymize/disguise.ts";
import type { IncidentQuery } from "../options/query.ts";
import type { HostRow } from "../render/host-row.ts";
import type { Moment, Report } from "../render/html/report.ts";
import { tallyIncidents } from "../render/incident-totals.ts";
import { weekGridOf } from "../render/week-grid.ts";
import { momentOf, rankDeaths } from "./rank-deaths.ts";
import { lastOf, selectIncidents } from "./select-incidents.ts";
import type { FoundIncident } from "./select-incidents.ts";
import { selectRecurrences } from "./select-recurrences.ts";
import type { RecurrenceWish } from "./select-recurrences.ts";
import { watchedSpans } from "./watched-spans.ts";

/** A browser takes this many rows without a pause; a CSV has them all. */
const mostRows = 5000;

/** What a report is to be about, beside the incidents. */
export interface ReportWish extends Omit<RecurrenceWish, "by"> {
  readonly nowMs: EpochMs;
  readonly filters: readonly string[];
  /** The hosts asked about. */
  readonly coverage: readonly HostRow[];
  /** Fake names for all that would name somebody, or null. */
  readonly disguise: Disguise | null;
}

/** Gathers all that the page tells; of the incidents themselves no more is kept than it shows. */
export async function reportOf(store: Store, query: IncidentQuery, wish: ReportWish): Promise<Report> {
  const { sinceMs, untilMs, kinds } = query.filter;
  const { disguise } = wish;
  const { tally, count } = tallyIncidents();
  const ranks = rankDeaths();
  let undated = 0;
  let first: Moment | null = null;
  let last: Moment | null = null;
  const look = ({ incident, overlaps }: FoundIncident): void => {
    count(incident, overlaps);
    if (isCounted(incident, kinds)) ranks.count(incident);
    const at = momentOf(incident);
    if (at === null) undated += 1;
    else {
      if (first === null || at.atMs < first.atMs) first = at;
      if (last === null || at.atMs > last.atMs) last = at;
    }
  };
  const undatedRows: FoundIncident[] = [];
  async function* dated(): AsyncGenerator<FoundIncident> {
    for await (const real of selectIncidents(store, query, wish.fallbackZone)) {
      const found = disguise === null ? real : { ...real, incident: disguise.incident(real.incident) };
      look(found);
      if (found.incident.time.atMs !== null) yield found;
      else if (undatedRows.length < mostRows) undatedRows.push(found);
    }
  }
  const rows: FoundIncident[] = [];
  for await (const found of lastOf(dated(), { limit: mostRows, reverse: true })) rows.push(found);
  const { recurrences, histories } = await selectRecurrences(store, query, { ...wish, by: null });
  const timelines = await cutTimelines(store, histories, query, wish);
  return {
    nowMs: wish.nowMs,
    zone: wish.zone,
    fallbackZone: wish.fallbackZone,
    filters: disguise === null ? wish.filters : [],
    sinceMs,
    untilMs,
    first,
    last,
    tally: tally(),
    undated,
    noun: kinds.every(isKill) ? "kill" : "death",
    recurrences: disguise === null ? recurrences : recurrences.map(disguise.recurrence),
    week: weekGridOf(timelines),
    timelines: timelines
      .filter(({ deaths }) => deaths.length > 0)
      .toSorted((a, b) => b.deaths.length - a.deaths.length)
      .map((line) => (disguise === null ? line : { ...line, host: disguise.host(line.host) })),
    ...ranks.rankings(),
    incidents: [...rows, ...undatedRows].slice(0, mostRows),
    coverage: disguise === null ? wish.coverage : wish.coverage.map(disguise.hostRow),
  };
}

/** Hosts with deaths and hosts without, what was watched of them cut to the time asked about. */
async function cutTimelines(
  store: Store,
  histories: readonly HostHistory[],
  { filter: { sinceMs, untilMs } }: IncidentQuery,
  { coverage, zone, fallbackZone }: ReportWish,
): Promise<readonly Pick<HostHistory, "host" | "deaths" | "watched">[]> {
  const zones = new Map((await store.hosts()).map((summary) => [summary.host, zoneOf(summary)]));
  const zoneOfHost = (host: string): string => zone ?? zones.get(host) ?? fallbackZone;
  const known = new Set(histories.map(({ host }) => host));
  const spans = watchedSpans(await store.hosts());
  const quiet = coverage
    .filter(({ host }) => !known.has(host))
    .map(({ host }) => ({
      host,
      deaths: [],
      watched: (spans.get(host) ?? []).map(({ fromMs, toMs }) => ({
        fromMin: localMinutesOf(fromMs, zoneOfHost(host)) ?? 0,
        toMin: localMinutesOf(toMs, zoneOfHost(host)) ?? 0,
      })),
    }));
  return [...histories, ...quiet].map(({ host, deaths, watched }) => {
    const least = sinceMs === null ? -Infinity : (localMinutesOf(sinceMs, zoneOfHost(host)) ?? -Infinity);
    const most = untilMs === null ? Infinity : (localMinutesOf(untilMs, zoneOfHost(host)) ?? Infinity);
    const cut = watched
      .map(({ fromMin, toMin }) => ({ fromMin: Math.max(fromMin, least), toMin: Math.min(toMin, most) }))
      .filter(({ fromMin, toMin }) => fromMin < toMin);
    return { host, deaths, watched: cut };
  });
}

function zoneOf({ lastOk }: HostSummary): string | null {
  return lastOk === null ? null : hostZoneOf(lastOk);
}

function isCounted({ kind }: Incident, kinds: readonly string[]): boolean {
  return kinds.length > 0 || isKill(kind);
}

function isKill(kind: string): boolean {
  return kind === "oom-kill" || kind === "oomd-kill";
}
