import { findRecurrences, groupsOf } from "@inquest/core";
import type { HostHistory, Incident, Pool, Recurrence } from "@inquest/core";
import type { Store } from "@inquest/store";
import type { IncidentQuery } from "../options/query.ts";
import { wholeHistoryOf } from "./whole-history.ts";
import { hostHistories } from "./host-histories.ts";
import type { ZoneChoice } from "./host-histories.ts";
import { selectIncidentTimes } from "./select-incidents.ts";
import { watchedSpans } from "./watched-spans.ts";

/** Over what deaths are pooled beside each host's own. */
export const poolings = ["process", "host", "group"] as const;
type Pooling = (typeof poolings)[number];

/** What is asked of recurrence beside the incidents that count. */
export interface RecurrenceWish extends ZoneChoice {
  /** Null: hosts and groups. */
  readonly by: Pooling | null;
  /** Group that the selected hosts stand for, or null. */
  readonly group: string | null;
}

/**
 * What recurs among the incidents that a query finds, surest first, and the histories of its hosts in the zone asked for.
 * It is judged on each host's own wall clock, by which cron goes: in another zone a change to summer time is a step.
 */
export async function selectRecurrences(
  store: Store,
  query: IncidentQuery,
  wish: RecurrenceWish,
): Promise<{ readonly recurrences: readonly Recurrence[]; readonly histories: readonly HostHistory[] }> {
  const { zone, fallbackZone } = wish;
  const judged = await historiesOf(store, query, { zone: null, fallbackZone: zone ?? fallbackZone });
  const recurrences = findRecurrences(judged, poolsOf(judged, wish));
  const shown =
    wish.by === null || wish.by === "host" ? recurrences : recurrences.filter(({ group }) => group !== null);
  return {
    recurrences: shown,
    histories: zone === null ? judged : await historiesOf(store, query, { zone, fallbackZone }),
  };
}

/** What recurs in all that the store holds: the findings of `inquest recurring` that nothing narrows. */
export async function everyRecurrence(store: Store, fallbackZone: string): Promise<readonly Recurrence[]> {
  return findRecurrences(await historiesOf(store, wholeHistoryOf([]), { zone: null, fallbackZone }));
}

/**
 * Ids of those of them that an incident is in, sorted. Only its host and the groups of that are looked at: which
 * findings there are does not depend on the rest of the fleet, how sure they are does.
 */
export async function recurrenceIdsOf(
  store: Store,
  { id, host }: Pick<Incident, "id" | "host">,
  fallbackZone: string,
): Promise<readonly string[]> {
  const all = await historiesOf(store, wholeHistoryOf([]), { zone: null, fallbackZone });
  const groups = new Set(all.find((one) => one.host === host)?.groups);
  const kin = all.filter((one) => one.host === host || one.groups.some((group) => groups.has(group)));
  const found = findRecurrences(kin).filter(({ incidents }) => incidents.includes(id));
  return found.map((one) => one.id).toSorted();
}

async function historiesOf(
  store: Store,
  query: IncidentQuery,
  zones: ZoneChoice,
): Promise<readonly HostHistory[]> {
  const watched = watchedSpans(await store.hosts());
  const found = selectIncidentTimes(store, ofJudgedKinds(query), zones.fallbackZone);
  return hostHistories(found, watched, zones, (host) => store.schedules(host));
}

/** The kernel's and its daemons' kills, where no others are named. */
export function ofJudgedKinds(query: IncidentQuery): IncidentQuery {
  const { filter } = query;
  return filter.kinds.length > 0
    ? query
    : { ...query, filter: { ...filter, kinds: ["oom-kill", "oomd-kill"] } };
}

function poolsOf(histories: readonly HostHistory[], { by, group }: RecurrenceWish): readonly Pool[] {
  if (by === "host") return [];
  if (by === "process") return processesOf(histories);
  const groups = groupsOf(histories);
  if (group === null) return groups;
  return [...groups.filter(({ name }) => name !== group), { name: group, members: histories }];
}

/** Each name that died, with the hosts' deaths of that name alone. */
function processesOf(histories: readonly HostHistory[]): readonly Pool[] {
  const names = new Set(histories.flatMap(({ deaths }) => deaths.flatMap(({ name }) => name ?? [])));
  return [...names].toSorted().map((name) => ({
    name,
    members: histories.flatMap((history) => {
      const deaths = history.deaths.filter((death) => death.name === name);
      return deaths.length === 0 ? [] : [{ ...history, deaths }];
    }),
  }));
}
