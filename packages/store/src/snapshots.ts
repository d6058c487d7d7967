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

/** Writes what the ps of one visit is read as today. */
export function replaceSnapshot(
  sql: Sql,
  host: string,
  run: number,
  visitedMs: EpochMs,
  snapshot: ProcessSnapshot,
): void {
  sql.statement("DELETE FROM snapshots WHERE host = ? AND run = ?").run(host, run);
  saveSnapshot(sql, host, run, visitedMs, snapshot);
}

/** Both kinds of snapshot: by the host's clock where it told the time, else by the collector's. */
const carriers = [
  { table: "snapshots", seen: "coalesce(taken_at_ms, visited_ms)" },
  { table: "imported_snapshots", seen: "taken_at_ms" },
] as const;

/** The processes seen nearest to a time on a visit or in a saved ps, or null; the earlier of two equally near. */
export function findNearestSnapshot(sql: Sql, host: string, atMs: EpochMs): ProcessSnapshot | null {
  const near = carriers.flatMap(({ table, seen }) => {
    const select = `SELECT taken_at_ms, ${seen} AS seen_ms, processes_zstd FROM ${table} WHERE host = ? AND process_count > 0`;
    const before = `${select} AND ${seen} <= ? ORDER BY ${seen} DESC LIMIT 1`;
    const after = `${select} AND ${seen} > ? ORDER BY ${seen} LIMIT 1`;
    return [before, after].flatMap((text) => sql.statement<SnapshotRow>(text).get(host, atMs) ?? []);
  });
  const [nearest] = near.toSorted(
    (one, other) =>
      Math.abs(one.seen_ms - atMs) - Math.abs(other.seen_ms - atMs) || one.seen_ms - other.seen_ms,
  );
  if (nearest === undefined) return null;
  return { takenAtMs: nearest.taken_at_ms, processes: JSON.parse(decompressText(nearest.processes_zstd)) };
}
