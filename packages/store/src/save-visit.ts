import type { VisitRecord } from "@inquest/core";
import { saveAnchors } from "./anchors.ts";
import { saveBoot } from "./boots.ts";
import { saveEvidence } from "./evidence.ts";
import { saveSchedules } from "./schedules.ts";
import { saveSightings } from "./save-sightings.ts";
import { saveSnapshot } from "./snapshots.ts";
import type { Sql } from "./sql.ts";
import type { SavedVisit } from "./store.ts";
import { saveVisitRow } from "./visits.ts";

/** Writes all that one visit brought in one transaction; writing it again changes nothing. */
export function saveWholeVisit(sql: Sql, run: number, record: VisitRecord): SavedVisit {
  const { visit, boot, anchors, sightings, reports, snapshot, schedules, evidence } = record;
  const { host, startedMs, endedMs } = visit;
  return sql.write(() => {
    saveVisitRow(sql, run, visit);
    if (boot !== null) {
      saveBoot(sql, host, endedMs, boot);
      saveAnchors(sql, host, boot.boot, run, anchors);
    }
    const saved = saveSightings(sql, { run, seenMs: endedMs }, host, { sightings, reports });
    if (snapshot !== null) saveSnapshot(sql, host, run, startedMs, snapshot);
    if (schedules !== null) saveSchedules(sql, host, run, startedMs, schedules);
    saveEvidence(sql, host, run, evidence);
    return saved;
  });
}
