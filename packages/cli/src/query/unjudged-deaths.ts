import type { Store } from "@inquest/store";
import type { IncidentQuery } from "../options/query.ts";
import { formatCount } from "../render/quantity.ts";
import { selectIncidents } from "./select-incidents.ts";
import { ofJudgedKinds } from "./select-recurrences.ts";

/**
 * A warning, one line, when recurrence was judged without deaths that have no time, else null: they may come back all
 * the same, and may lie in the time asked about.
 */
export async function unjudgedDeaths(
  store: Store,
  query: IncidentQuery,
  fallbackZone: string,
): Promise<string | null> {
  const { filter, ...rest } = ofJudgedKinds(query);
  const undated = { ...filter, sinceMs: null, untilMs: null, undated: true };
  const found = selectIncidents(store, { ...rest, timeOfDay: null, filter: undated }, fallbackZone);
  let count = 0;
  while ((await found.next()).done !== true) count += 1;
  return count === 0
    ? null
    : `${formatCount(count, "death")} without a time not judged; those of a saved log have one once it is imported with --boot-time`;
}
