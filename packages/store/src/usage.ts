import type { Sql } from "./sql.ts";
import type { HostUsage, StoreUsage } from "./store.ts";

const hostUsage = `
SELECT host, sum(bytes) AS bytes, sum(incidents) AS incidents, min(oldest) AS oldestMs, max(newest) AS newestMs
FROM (
  SELECT host, length(bytes_zstd) AS bytes, 0 AS incidents, NULL AS oldest, NULL AS newest FROM evidence_blobs
  UNION ALL SELECT host, length(tasks_zstd) + length(lines_zstd), 0, NULL, NULL FROM reports
  UNION ALL SELECT host, length(processes_zstd), 0, NULL, NULL FROM snapshots
  UNION ALL SELECT host, length(processes_zstd), 0, NULL, NULL FROM imported_snapshots
  UNION ALL SELECT host, 0, count(*), min(at_ms), max(at_ms) FROM incidents GROUP BY host
) GROUP BY host ORDER BY bytes DESC, host`;

/** What takes the room: by table with its indexes (SQLite's dbstat), and by host. */
export function loadUsage(sql: Sql): StoreUsage {
  return sql.read(() => {
    const tables = sql
      .statement<{ table: string; bytes: number }>(
        `SELECT s.tbl_name AS "table", sum(d.pgsize) AS bytes FROM dbstat AS d JOIN sqlite_schema AS s ON s.name = d.name
         WHERE d.aggregate = TRUE GROUP BY 1 ORDER BY bytes DESC, 1`,
      )
      .all();
    const pages = (name: "page_count" | "freelist_count" | "page_size"): number =>
      Number(sql.statement(`PRAGMA ${name}`).get()?.[name] ?? 0);
    const size = pages("page_size");
    return {
      bytes: pages("page_count") * size,
      freeBytes: pages("freelist_count") * size,
      // Names of tables are ours.
      tables: tables.map(({ table, bytes }) => ({
        table,
        bytes,
        rows: sql.statement<{ count: number }>(`SELECT count(*) AS count FROM ${table}`).get()?.count ?? 0,
      })),
      hosts: sql.statement<HostUsage>(hostUsage).all(),
    };
  });
}
