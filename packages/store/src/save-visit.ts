import type { Sighting, VisitRecord } from "@inquest/core";
import { saveBoot } from "./boots.ts";
import { saveEvidence } from "./evidence.ts";
import { saveReport } from "./reports.ts";
import { saveSighting } from "./save-sighting.ts";
import { saveSnapshot } from "./snapshots.ts";
import type { Sql } from "./sql.ts";
import type { SavedVisit } from "./store.ts";
import { saveVisitRow } from "./visits.ts";

/** Writes all that one visit brought in one transaction; writing it again changes nothing. */
export function saveWholeVisit(sql: Sql, run: number, record: VisitRecord): SavedVisit {
  const { visit, boot, sightings, reports, snapshot, evidence } = record;
  const { host, startedMs, endedMs } = visit;
  return sql.write(() => {
    saveVisitRow(sql, run, visit);
    if (boot !== null) saveBoot(sql, host, endedMs, boot);
    const saved = saveSightings(sql, run, record, sightings);
    for (const report of reports.toSorted((one, other) => (one.reportId < other.reportId ? -1 : 1))) {
      saveReport(sql, host, report);
    }
    if (snapshot !== null) saveSnapshot(sql, host, run, startedMs, snapshot);
    saveEvidence(sql, host, run, evidence);
    return saved;
  });
}

/** In the order of their keys: writers that meet take their rows in one order, and a repeat gives the same ids. */
function saveSightings(
  sql: Sql,
  run: number,
  { visit }: VisitRecord,
  sightings: readonly Sighting[],
): SavedVisit {
  const created = new Set<string>();
  const known = new Set<string>();
  for (const sighting of sightings.toSorted((one, other) => (sortKey(one) < sortKey(other) ? -1 : 1))) {
    const { id, isNew, merged } = saveSighting(sql, { run, seenMs: visit.endedMs }, sighting);
    for (const gone of merged) {
      created.delete(gone);
      known.delete(gone);
    }
    if (isNew) created.add(id);
    else if (!created.has(id)) known.add(id);
  }
  return { newIncidents: created.size, knownIncidents: known.size };
}

function sortKey({ keys, incident }: Sighting): string {
  return keys.toSorted()[0] ?? incident.id;
}
