import type { EpochMs, Visit } from "@inquest/core";
import type { Sql } from "./sql.ts";
import type { FiguresAround, VisitFigures } from "./store.ts";
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

/** What has figures: visits in a read state by their start, and saved outputs of uptime and top by when they were taken. */
const carriers = [
  { table: "visits", at: "started_ms", told: inReadState },
  { table: "imported_snapshots", at: "taken_at_ms", told: "(uptime_s IS NOT NULL OR load1 IS NOT NULL)" },
] as const;

/** The last of each before a time (or at it) and the first after: one statement, for each one opens a snapshot of its own. */
const carriersAround = carriers
  .flatMap(({ table, at, told }) => {
    const select = `SELECT ${at} AS atMs, uptime_s AS uptimeS, load1, load5, load15 FROM ${table} WHERE host = @host AND ${told}`;
    return [
      `${select} AND ${at} <= @atMs ORDER BY ${at} DESC LIMIT 1`,
      `${select} AND ${at} > @atMs ORDER BY ${at} LIMIT 1`,
    ];
  })
  .map((one) => `SELECT * FROM (${one})`)
  .join(" UNION ALL ");

/** The last figures before a time (or at it) and the first after. */
export function findFiguresAround(sql: Sql, host: string, atMs: EpochMs): FiguresAround {
  const near = sql
    .statement<VisitFigures>(carriersAround)
    .all({ host, atMs })
    .toSorted((one, other) => one.atMs - other.atMs);
  return {
    before: near.findLast((one) => one.atMs <= atMs) ?? null,
    after: near.find((one) => one.atMs > atMs) ?? null,
  };
}
