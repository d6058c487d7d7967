import type { Episode } from "../../model/episode.ts";
import type { HostHistory, LocalSpan, Recurrence, RecurrenceLevel } from "../../model/recurrence.ts";
import { toEpisodes } from "../episodes.ts";
import { exposureOf } from "./exposure.ts";
import { discoveryLimit } from "./false-discovery.ts";
import { hostPatterns } from "./host-patterns.ts";
import { isTelling } from "./job-pattern.ts";
import { findInterval } from "./interval.ts";
import { findLead } from "./lead.ts";
import type { Pattern } from "./pattern.ts";
import { pooledPattern, shocksOf } from "./pooled.ts";
import { findRestartLoop } from "./restart-loop.ts";
import type { RestartLoop } from "./restart-loop.ts";
import { tellHits, toRecurrence } from "./to-recurrence.ts";
import type { Place } from "./to-recurrence.ts";

/** Of all that is called recurring, so much may be luck: below 5 %, because one false finding of a group names all its hosts. */
const falseShare = 0.045;
/** Beyond this chance nothing is worth telling. */
const leadChance = 0.05;
/** Hosts pooled under one name: a group, or a process that died on several. */
export interface Pool {
  readonly name: string;
  readonly members: readonly HostHistory[];
}

interface Candidate {
  readonly place: Place;
  readonly pattern: Pattern;
  /** A lead of two nights: never more than possible. */
  readonly isLead: boolean;
}

/**
 * What recurs on these hosts, and over their groups or other pools, surest first. The chance of each finding is
 * weighed against everything that was looked at (Benjamini & Hochberg): what does not hold is `possible`.
 */
export function findRecurrences(
  histories: readonly HostHistory[],
  pools: readonly Pool[] = groupsOf(histories),
): readonly Recurrence[] {
  const candidates: Candidate[] = [];
  const intervals: (RestartLoop & { readonly place: Place })[] = [];
  let tests = 0;
  const episodesOf = new Map(histories.map((one) => [one, toEpisodes(one.host, one.deaths)]));
  for (const [history, episodes] of episodesOf) {
    const place = { group: null, watched: history.watched, jobs: history.jobs };
    const loop = findRestartLoop(history.host, history.deaths);
    if (loop !== null) intervals.push({ place, ...loop });
    if (episodes.length < 2) continue;
    tests += 1;
    const patterns = hostPatterns(episodes, exposureOf(history.watched), history.jobs.filter(isTelling));
    candidates.push(...patterns.map((pattern) => ({ place, pattern, isLead: false })));
    if (patterns.length > 0 || loop !== null) continue;
    const interval = findInterval(episodes);
    if (interval !== null) intervals.push({ place, interval, episodes });
    else candidates.push(...leadOf(place, episodes));
  }
  for (const { name, members } of pools) {
    const episodes = members.flatMap(
      (member) => episodesOf.get(member) ?? toEpisodes(member.host, member.deaths),
    );
    const shocks = shocksOf(episodes);
    if (new Set(episodes.map(({ host }) => host)).size < 2 || shocks.length < 2) continue;
    tests += 1;
    const watched = members.flatMap((member) => member.watched);
    const place = { group: name, watched: joinSpans(watched), jobs: members.flatMap(({ jobs }) => jobs) };
    const pattern = pooledPattern(episodes, exposureOf(watched));
    if (pattern !== null && pattern.p <= leadChance) {
      candidates.push({ place, pattern, isLead: false });
      continue;
    }
    candidates.push(
      ...leadOf(place, shocks).filter(({ pattern: { hits } }) => hits[0]?.host !== hits[1]?.host),
    );
  }
  const chances = candidates.filter(({ isLead }) => !isLead).map(({ pattern }) => pattern.p);
  const limit = discoveryLimit(chances, tests, falseShare);
  const levelOf = ({ pattern, isLead }: Candidate): RecurrenceLevel =>
    !isLead && pattern.p <= limit ? "recurring" : "possible";
  return [
    ...candidates.map((one) => toRecurrence(one.pattern, one.place, levelOf(one))),
    ...intervals.map(({ place, interval, episodes }): Recurrence => ({
      ...tellHits(episodes, "interval"),
      group: place.group,
      kind: "interval",
      periodMin: interval.periodMin,
      centerMin: null,
      spreadMin: interval.spreadMin,
      seen: episodes.length,
      watched: null,
      p: interval.p,
      level: "recurring",
      jobs: [],
      driftMinPerDay: null,
    })),
  ].toSorted(
    (a, b) =>
      Number(a.level === "possible") - Number(b.level === "possible") || a.p - b.p || (a.id < b.id ? -1 : 1),
  );
}

function leadOf(place: Place, episodes: readonly Episode[]): readonly Candidate[] {
  const pattern = findLead(episodes);
  return pattern === null || pattern.p > leadChance ? [] : [{ place, pattern, isLead: true }];
}

/** The groups of the hosts, by name. */
export function groupsOf(histories: readonly HostHistory[]): readonly Pool[] {
  const pools = new Map<string, HostHistory[]>();
  for (const history of histories)
    for (const name of history.groups) pools.set(name, [...(pools.get(name) ?? []), history]);
  return [...pools]
    .map(([name, members]) => ({ name, members }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** Stretches that overlap or touch as one. */
function joinSpans(spans: readonly LocalSpan[]): readonly LocalSpan[] {
  const joined: { fromMin: number; toMin: number }[] = [];
  for (const { fromMin, toMin } of spans.toSorted((a, b) => a.fromMin - b.fromMin)) {
    const last = joined.at(-1);
    if (last !== undefined && fromMin <= last.toMin) last.toMin = Math.max(last.toMin, toMin);
    else joined.push({ fromMin, toMin });
  }
  return joined;
}
