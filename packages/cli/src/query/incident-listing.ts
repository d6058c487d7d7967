import type { Incident } from "@inquest/core";
import type { Store } from "@inquest/store";
import type { Disguise } from "../anonymize/disguise.ts";
import { incidentCells, incidentColumns, incidentRow } from "../render/incident-csv.ts";
import { incidentJson } from "../render/incident-json.ts";
import { formatIncidentList } from "../render/incident-list.ts";
import type { ListLook } from "../render/incident-list.ts";
import type { Listing } from "../render/listing.ts";
import { findingsFinder } from "./find-findings.ts";
import type { FoundIncident } from "./select-incidents.ts";

/** How incidents are listed; load and uptime come from the visit nearest to each death. */
export function incidentListing(
  store: Store,
  look: ListLook,
  disguise: Disguise | null = null,
): Listing<FoundIncident> {
  const shown = (incident: Incident): Incident => disguise?.incident(incident) ?? incident;
  const findingsOf = findingsFinder(store);
  return {
    columns: incidentColumns,
    toJson: async ({ incident }) => incidentJson(shown(incident), look.zone, await findingsOf(incident)),
    toCells: async ({ incident }) => {
      const { atMs } = incident.time;
      const nearby = atMs === null ? null : await store.nearestVisit(incident.host, atMs);
      // A disguised row lacks the reviewer's words and must not come back as if he had removed them.
      const rev = disguise === null ? await store.annotationRev(incident.host, incident.id) : null;
      return incidentCells(incidentRow(shown(incident), nearby, look.zone, rev));
    },
    toTable: (found) => formatIncidentList(found, look),
  };
}
