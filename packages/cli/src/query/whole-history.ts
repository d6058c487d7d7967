import { anyIncident } from "@inquest/store";
import type { IncidentQuery } from "../options/query.ts";

/** Asks for all that is known of these hosts, of every host where the list is empty. */
export function wholeHistoryOf(hosts: readonly string[]): IncidentQuery {
  return {
    filter: { ...anyIncident, hosts },
    excluded: new Set(),
    excludedGroups: new Set(),
    timeOfDay: null,
    grep: null,
  };
}
