import type { EpochMs, ProcessSnapshot } from "@inquest/core";
import type { Sql, SqlRow } from "./sql.ts";
import { insertSql } from "./upsert-sql.ts";
import { compressText, decompressText } from "./zstd.ts";

interface SnapshotRow {
  readonly taken_at_ms: EpochMs | null;
  readonly seen_ms: EpochMs;
  readonly processes_zstd: Uint8Array;
}

/** Writes the processes of one visit once. */
export function saveSnapshot(
  sql: Sql,
  host: string,
  run: number,
  visitedMs: EpochMs,
  snapshot: ProcessSnapshot,
): void {
  const row: SqlRow = {
    host,
    run,
    taken_at_ms: snapshot.takenAtMs,
    visited_ms: visitedMs,
    process_count: snapshot.processes.length,
    processes_zstd: compressText(JSON.stringify(snapshot.processes)),
  };
  sql.statement(insertSql("snapshots", row)).run(row);
}

/**
 * The processes seen nearest to a time, or null; the earlier of two equally near. By the host's clock where it
 * told the time, else by the collector's.
 */
export function findNearestSnapshot(sql: Sql, host: string, atMs: EpochMs): ProcessSnapshot | null {
  const seen = "coalesce(taken_at_ms, visited_ms)";
  const select = `SELECT taken_at_ms, ${seen} AS seen_ms, processes_zstd FROM snapshots WHERE host = ?`;
  const before = sql
    .statement<SnapshotRow>(`${select} AND ${seen} <= ? ORDER BY ${seen} DESC LIMIT 1`)
    .get(host, atMs);
  const after = sql
    .statement<SnapshotRow>(`${select} AND ${seen} > ? ORDER BY ${seen} LIMIT 1`)
    .get(host, atMs);
  const [nearest] = [before, after]
    .filter((row) => row !== undefined)
    .toSorted((one, other) => Math.abs(one.seen_ms - atMs) - Math.abs(other.seen_ms - atMs));
  if (nearest === undefined) return null;
  return { takenAtMs: nearest.taken_at_ms, processes: JSON.parse(decompressText(nearest.processes_zstd)) };
}
