import type { Store } from "@inquest/store";
import { incidentCells, incidentColumns, incidentRow } from "../render/incident-csv.ts";
import { incidentJson } from "../render/incident-json.ts";
import { formatIncidentList } from "../render/incident-list.ts";
import type { ListLook } from "../render/incident-list.ts";
import type { Listing } from "../render/listing.ts";
import type { FoundIncident } from "./select-incidents.ts";

/** How incidents are listed; load and uptime come from the visit nearest to each death. */
export function incidentListing(store: Store, look: ListLook): Listing<FoundIncident> {
  return {
    columns: incidentColumns,
    toJson: ({ incident }) => incidentJson(incident, look.zone),
    toCells: async ({ incident }) => {
      const { atMs } = incident.time;
      const nearby = atMs === null ? null : await store.nearestVisit(incident.host, atMs);
      const rev = await store.annotationRev(incident.host, incident.id);
      return incidentCells(incidentRow(incident, nearby, look.zone, rev));
    },
    toTable: (found) => formatIncidentList(found, look),
  };
}
