import type { EpochMs, Incident } from "@inquest/core";
import type { FiguresAround, Store, VisitFigures } from "@inquest/store";
import type { Disguise } from "../anonymize/disguise.ts";
import { incidentCells, incidentColumns, incidentRow } from "../render/incident-csv.ts";
import { noFindings } from "../render/findings.ts";
import type { Findings } from "../render/findings.ts";
import { incidentJson } from "../render/incident-json.ts";
import type { JsonObject } from "../render/incident-json.ts";
import { formatIncidentList } from "../render/incident-list.ts";
import type { ListLook } from "../render/incident-list.ts";
import type { Listing } from "../render/listing.ts";
import { findingsFinder, recurringAmong, withOwner } from "./find-findings.ts";
import type { FoundIncident } from "./select-incidents.ts";
import { everyRecurrence } from "./select-recurrences.ts";

/** How incidents are listed; load and uptime come from the visit nearest to each death. */
export function incidentListing(
  store: Store,
  look: ListLook,
  disguise: Disguise | null = null,
): Listing<FoundIncident> {
  const shown = (incident: Incident): Incident => disguise?.incident(incident) ?? incident;
  const finder = findingsFinder(
    store,
    recurringAmong(() => everyRecurrence(store, look.fallbackZone)),
  );
  // A disguised one has no users but its own, which were disguised with it.
  const jsonOf = (incident: Incident, findings: Findings): JsonObject =>
    disguise === null
      ? incidentJson(incident, look.zone, findings)
      : incidentJson(shown(withOwner(incident, findings)), look.zone, {
          ...noFindings,
          growths: findings.growths,
          episode: findings.episode,
          recurring: findings.recurring,
        });
  return {
    columns: incidentColumns,
    toJson: async ({ incident }) => jsonOf(incident, await finder.all(incident)),
    toCells: async ({ incident }) => {
      const { atMs } = incident.time;
      const nearby = atMs === null ? null : nearestOf(await store.figuresAround(incident.host, atMs), atMs);
      // A disguised row lacks the reviewer's words and must not come back as if he had removed them.
      const owned = withOwner(incident, await finder.owner(incident));
      const rev = disguise === null ? await store.annotationRev(incident.host, incident.id) : null;
      const company = await finder.company(incident);
      return incidentCells(incidentRow(shown(owned), { nearby, company, annotationRev: rev }, look.zone));
    },
    toTable: (found) => formatIncidentList(found, look),
  };
}

/** Of the figures around a time those that are nearer, of equally near ones the earlier. */
function nearestOf({ before, after }: FiguresAround, atMs: EpochMs): VisitFigures | null {
  if (before === null || after === null) return before ?? after;
  return atMs - before.atMs <= after.atMs - atMs ? before : after;
}
