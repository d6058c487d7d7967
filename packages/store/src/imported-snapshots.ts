import type { ImportBatch, ProcessSnapshot } from "@inquest/core";
import type { Sql, SqlRow } from "./sql.ts";
import { insertSql } from "./upsert-sql.ts";
import { compressText } from "./zstd.ts";

/** Writes the processes that a saved ps or top showed, and what uptime told, once. One without a time of its own was taken at its capture. */
export function saveImportedSnapshot(
  sql: Sql,
  run: number,
  { file, part, figures }: ImportBatch,
  snapshot: ProcessSnapshot,
): void {
  const row: SqlRow = {
    host: file.host,
    run,
    file: file.file,
    part,
    taken_at_ms: snapshot.takenAtMs ?? file.capturedMs,
    process_count: snapshot.processes.length,
    processes_zstd: compressText(JSON.stringify(snapshot.processes)),
    uptime_s: figures?.uptimeS ?? null,
    load1: figures?.load1 ?? null,
    load5: figures?.load5 ?? null,
    load15: figures?.load15 ?? null,
  };
  sql.statement(insertSql("imported_snapshots", row)).run(row);
}

/** Writes what a saved ps or top is read as today. */
export function replaceImportedSnapshot(
  sql: Sql,
  run: number,
  batch: ImportBatch,
  snapshot: ProcessSnapshot,
): void {
  sql
    .statement("DELETE FROM imported_snapshots WHERE host = ? AND run = ? AND file = ? AND part = ?")
    .run(batch.file.host, run, batch.file.file, batch.part);
  saveImportedSnapshot(sql, run, batch, snapshot);
}
