import type { EpochMs, Visit } from "@inquest/core";
import type { Sql } from "./sql.ts";
import type { VisitFigures } from "./store.ts";
import { upsertSql } from "./upsert-sql.ts";
import { toVisit, toVisitRow } from "./visit-rows.ts";

/** The states in which the kernel log was read (isReadState), as SQL; the partial indexes use the same words. */
export const inReadState = "state IN ('ok', 'ok-truncated')";

/** Writes one visit; the same host and run again replaces it. */
export function saveVisitRow(sql: Sql, run: number, visit: Visit): void {
  const row = toVisitRow(run, visit);
  sql.statement(upsertSql("visits", row, ["host", "run"])).run(row);
}

/** Visits of one run, by host. */
export function loadVisits(sql: Sql, run: number): readonly Visit[] {
  const rows = sql.statement("SELECT * FROM visits WHERE run = ? ORDER BY host").all(run);
  return rows.map(toVisit);
}

type Started = VisitFigures & { readonly startedMs: EpochMs };

/** The visit in a read state whose start is nearest to a time; the earlier of two equally near. */
export function findNearestVisit(sql: Sql, host: string, atMs: EpochMs): VisitFigures | null {
  const columns = "started_ms AS startedMs, uptime_s AS uptimeS, load1, load5, load15";
  const before = sql.statement<Started>(
    `SELECT ${columns} FROM visits WHERE host = ? AND ${inReadState} AND started_ms <= ?
     ORDER BY started_ms DESC LIMIT 1`,
  );
  const after = sql.statement<Started>(
    `SELECT ${columns} FROM visits WHERE host = ? AND ${inReadState} AND started_ms > ?
     ORDER BY started_ms LIMIT 1`,
  );
  const near = [before.get(host, atMs), after.get(host, atMs)].filter((row) => row !== undefined);
  const [nearest] = near.toSorted(
    (one, other) => Math.abs(one.startedMs - atMs) - Math.abs(other.startedMs - atMs),
  );
  if (nearest === undefined) return null;
  const { startedMs: _startedMs, ...figures } = nearest;
  return figures;
}
