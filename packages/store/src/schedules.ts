import type { EpochMs, Schedule } from "@inquest/core";
import type { Sql, SqlRow } from "./sql.ts";
import { upsertSql } from "./upsert-sql.ts";
import { compressText, decompressText } from "./zstd.ts";

/** Writes what a host starts by the clock; what a later visit read stays. */
export function saveSchedules(
  sql: Sql,
  host: string,
  run: number,
  readMs: EpochMs,
  jobs: readonly Schedule[],
): void {
  const row: SqlRow = {
    host,
    run,
    read_ms: readMs,
    schedule_count: jobs.length,
    schedules_zstd: compressText(JSON.stringify(jobs)),
  };
  sql
    .statement(`${upsertSql("schedules", row, ["host"])} WHERE excluded.read_ms >= schedules.read_ms`)
    .run(row);
}

/** What a host starts by the clock, as it was read last; null: never read. */
export function loadSchedules(sql: Sql, host: string): readonly Schedule[] | null {
  const row = sql
    .statement<{ schedules_zstd: Uint8Array }>("SELECT schedules_zstd FROM schedules WHERE host = ?")
    .get(host);
  return row === undefined ? null : JSON.parse(decompressText(row.schedules_zstd));
}
