import type { EpochMs, ImportBatch } from "@inquest/core";
import { saveImportedBoot } from "./boots.ts";
import { saveImportPart } from "./imports.ts";
import { saveSightings } from "./save-sightings.ts";
import { saveImportedSnapshot } from "./imported-snapshots.ts";
import type { Sql } from "./sql.ts";
import type { SavedVisit } from "./store.ts";

/** Writes all that one stretch of a saved log brought in one transaction; writing it again changes nothing. */
export function saveWholeImport(sql: Sql, run: number, batch: ImportBatch): SavedVisit {
  const { file, boot, sightings, reports, snapshot } = batch;
  return sql.write(() => {
    // What was saved on a day was seen on that day.
    const seenMs = file.capturedMs ?? importedMs(sql, run);
    saveImportPart(sql, run, batch);
    if (boot !== null) saveImportedBoot(sql, file.host, file.capturedMs ?? boot.bootAtMs ?? seenMs, boot);
    const saved = saveSightings(sql, { run, seenMs }, file.host, { sightings, reports });
    if (snapshot !== null) saveImportedSnapshot(sql, run, batch, snapshot);
    return saved;
  });
}

/** When what a run imported was first seen: its start, by the collector's clock. */
export function importedMs(sql: Sql, run: number): EpochMs {
  const row = sql
    .statement<{ startedMs: EpochMs }>("SELECT started_ms AS startedMs FROM runs WHERE run = ?")
    .get(run);
  if (row === undefined) throw new Error(`run ${run} was never started`);
  return row.startedMs;
}
