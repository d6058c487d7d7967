import type { VisitRecord } from "@inquest/core";
import { saveBoot } from "./boots.ts";
import { saveEvidence } from "./evidence.ts";
import { saveSightings } from "./save-sightings.ts";
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
    const saved = saveSightings(sql, { run, seenMs: endedMs }, host, { sightings, reports });
    if (snapshot !== null) saveSnapshot(sql, host, run, startedMs, snapshot);
    saveEvidence(sql, host, run, evidence);
    return saved;
  });
}
