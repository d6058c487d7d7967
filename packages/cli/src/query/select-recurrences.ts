import { findRecurrences, groupsOf } from "@inquest/core";
import type { HostHistory, Pool, Recurrence } from "@inquest/core";
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

/** What recurs among the incidents that a query finds, surest first, and the histories it was found in. */
export async function selectRecurrences(
  store: Store,
  query: IncidentQuery,
  wish: RecurrenceWish,
): Promise<{ readonly recurrences: readonly Recurrence[]; readonly histories: readonly HostHistory[] }> {
  const kinds = query.filter.kinds.length > 0 ? query.filter.kinds : (["oom-kill", "oomd-kill"] as const);
  const found = selectIncidentTimes(
    store,
    { ...query, filter: { ...query.filter, kinds } },
    wish.fallbackZone,
  );
  const schedulesOf = (host: string): ReturnType<Store["schedules"]> => store.schedules(host);
  const watched = watchedSpans(await store.hosts());
  const histories = await hostHistories(found, watched, wish, schedulesOf);
  const recurrences = findRecurrences(histories, poolsOf(histories, wish));
  const shown =
    wish.by === null || wish.by === "host" ? recurrences : recurrences.filter(({ group }) => group !== null);
  return { recurrences: shown, histories };
}

/** What recurs in all that the store holds: the findings of `inquest recurring` that nothing narrows. */
export async function everyRecurrence(store: Store, fallbackZone: string): Promise<readonly Recurrence[]> {
  const wish = { by: null, group: null, zone: null, fallbackZone };
  return (await selectRecurrences(store, wholeHistoryOf([]), wish)).recurrences;
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
