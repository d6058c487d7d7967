import type { Sighting } from "@inquest/core";
import { dropAnchors, saveAnchors } from "./anchors.ts";
import { saveBoot, saveImportedBoot } from "./boots.ts";
import { replaceImportedSnapshot } from "./imported-snapshots.ts";
import { saveReports } from "./reports.ts";
import type { FirstSight } from "./save-sighting.ts";
import { importedMs } from "./save-import.ts";
import { saveSchedules } from "./schedules.ts";
import { replaceSnapshot } from "./snapshots.ts";
import type { Sql } from "./sql.ts";
import type { Reread } from "./store.ts";

/** The sightings in what was read again. */
export function sightingsIn(reread: Reread): readonly Sighting[] {
  return "record" in reread ? reread.record.sightings : reread.batch.sightings;
}

/**
 * Writes boot, reports and snapshot of what was read again; the rows that say that it was read stay as they are.
 * Returns the first sight of what its sightings bring.
 */
export function replayRecord(sql: Sql, host: string, reread: Reread): FirstSight {
  const { run } = reread;
  const of = "record" in reread ? reread.record.visit.host : reread.batch.file.host;
  if (of !== host) throw new Error(`evidence of ${of} was read again as that of ${host}`);
  if ("record" in reread) {
    const { visit, boot, anchors, reports, snapshot, schedules } = reread.record;
    dropAnchors(sql, host, run);
    // A boot that has got another name is none that was ever seen: only the tails of known ones are renewed.
    if (boot !== null && isKnownBoot(sql, host, boot.boot)) {
      saveBoot(sql, host, visit.endedMs, boot);
      saveAnchors(sql, host, boot.boot, run, anchors);
    }
    saveReports(sql, host, reports);
    if (snapshot !== null) replaceSnapshot(sql, host, run, visit.startedMs, snapshot);
    if (schedules !== null) saveSchedules(sql, host, run, visit.startedMs, schedules);
    return { run, seenMs: visit.endedMs };
  }
  const { batch } = reread;
  const seenMs = batch.file.capturedMs ?? importedMs(sql, run);
  if (batch.boot !== null && isKnownBoot(sql, host, batch.boot.boot)) {
    saveImportedBoot(sql, host, seenMs, batch.boot);
  }
  saveReports(sql, host, batch.reports);
  if (batch.snapshot !== null) replaceImportedSnapshot(sql, run, batch, batch.snapshot);
  return { run, seenMs };
}

function isKnownBoot(sql: Sql, host: string, boot: string): boolean {
  return sql.statement("SELECT 1 FROM boots WHERE host = ? AND boot = ?").get(host, boot) !== undefined;
}
