import type { EpochMs, ProcessSnapshot, ProcessVisit, SnapshotsAround } from "@inquest/core";
import { processVisitOf } from "@inquest/core";
import type { Sql, SqlRow } from "./sql.ts";
import { insertSql } from "./upsert-sql.ts";
import { toVisit } from "./visit-rows.ts";
import { inReadState } from "./visits.ts";
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
  const near = [nearestRow(sql, host, atMs, "before"), nearestRow(sql, host, atMs, "after")];
  const [nearest] = near
    .flatMap((row) => row ?? [])
    .toSorted(
      (one, other) =>
        Math.abs(one.seen_ms - atMs) - Math.abs(other.seen_ms - atMs) || one.seen_ms - other.seen_ms,
    );
  return nearest === undefined ? null : toSnapshot(nearest);
}

/** The processes seen last before a time (or at it) and first after it, on a visit or in a saved ps. */
export function findSnapshotsAround(sql: Sql, host: string, atMs: EpochMs): SnapshotsAround {
  const [before, after] = [nearestRow(sql, host, atMs, "before"), nearestRow(sql, host, atMs, "after")];
  return { before: before && toSnapshot(before), after: after && toSnapshot(after) };
}

function nearestRow(sql: Sql, host: string, atMs: EpochMs, side: "before" | "after"): SnapshotRow | null {
  const rows = carriers.flatMap(({ table, seen }) => {
    const select = `SELECT taken_at_ms, ${seen} AS seen_ms, processes_zstd FROM ${table} WHERE host = ? AND process_count > 0`;
    const near = side === "before" ? `${seen} <= ? ORDER BY ${seen} DESC` : `${seen} > ? ORDER BY ${seen}`;
    return sql.statement<SnapshotRow>(`${select} AND ${near} LIMIT 1`).get(host, atMs) ?? [];
  });
  const [nearest] = rows.toSorted(
    (one, other) => Math.abs(one.seen_ms - atMs) - Math.abs(other.seen_ms - atMs),
  );
  return nearest ?? null;
}

function toSnapshot({ taken_at_ms: takenAtMs, processes_zstd: packed }: SnapshotRow): ProcessSnapshot {
  return { takenAtMs, processes: JSON.parse(decompressText(packed)) };
}

/** Of so many visits the latest with a whole ps is found. */
const mostVisits = 20;

/** The latest visit that read a host's log and a whole ps, with its processes; null: none among the last. */
export function findLatestProcesses(sql: Sql, host: string): ProcessVisit | null {
  const visits = sql
    .statement(`SELECT * FROM visits WHERE host = ? AND ${inReadState} ORDER BY run DESC LIMIT ${mostVisits}`)
    .all(host);
  const find = sql.statement<SnapshotRow>(
    "SELECT taken_at_ms, processes_zstd FROM snapshots WHERE host = ? AND run = ?",
  );
  for (const row of visits) {
    const stored = find.get(host, row["run"] ?? null);
    if (stored === undefined) continue;
    const processes: ProcessSnapshot["processes"] = JSON.parse(decompressText(stored.processes_zstd));
    const found = processVisitOf({
      visit: toVisit(row),
      snapshot: { takenAtMs: stored.taken_at_ms, processes },
    });
    if (found !== null) return found;
  }
  return null;
}
