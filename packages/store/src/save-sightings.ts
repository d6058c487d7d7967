import type { ReportDetail, Sighting } from "@inquest/core";
import { copyReport, saveReports } from "./reports.ts";
import type { FirstSight, SavedSighting } from "./save-sighting.ts";
import { saveSighting } from "./save-sighting.ts";
import type { Sql } from "./sql.ts";
import type { SavedVisit } from "./store.ts";

/**
 * Writes what one visit or one saved log of a host tells of deaths, with their reports, and counts the incidents it
 * made and met. A report goes with its incident where another host keeps that.
 */
export function saveSightings(
  sql: Sql,
  first: FirstSight,
  host: string,
  told: { readonly sightings: readonly Sighting[]; readonly reports: readonly ReportDetail[] },
): SavedVisit {
  const created = new Set<string>();
  const known = new Set<string>();
  saveReports(sql, host, told.reports);
  for (const sighting of inKeyOrder(told.sightings)) {
    const saved = saveSighting(sql, first, sighting);
    for (const gone of saved.merged) {
      created.delete(gone);
      known.delete(gone);
    }
    if (saved.isNew) created.add(saved.id);
    else if (!created.has(saved.id)) known.add(saved.id);
    shareReport(sql, sighting, saved);
  }
  return { newIncidents: created.size, knownIncidents: known.size };
}

/** Hands the report of a sighting on to the host that keeps its incident. */
export function shareReport(sql: Sql, { incident }: Sighting, { host }: SavedSighting): void {
  if (host === incident.host || incident.reportId === null) return;
  copyReport(sql, incident.host, host, incident.reportId);
}

/** In the order of their keys: writers that meet take their rows in one order, and a repeat gives the same ids. */
export function inKeyOrder(sightings: readonly Sighting[]): readonly Sighting[] {
  return sightings.toSorted((one, other) => (sortKey(one) < sortKey(other) ? -1 : 1));
}

function sortKey({ keys, incident }: Sighting): string {
  return keys.toSorted()[0] ?? incident.id;
}
