import type { Sql } from "./sql.ts";
import type { StoreCheck } from "./store.ts";

/** SQLite tells at most so many damages of each kind. */
const mostDamages = 100;

/** Blobs to which no visit and no saved log refers. */
export const unusedBlobs = `
NOT EXISTS (SELECT 1 FROM evidence AS e WHERE e.host = evidence_blobs.host AND e.sha256 = evidence_blobs.sha256)
AND NOT EXISTS (SELECT 1 FROM import_parts AS p WHERE p.host = evidence_blobs.host AND p.sha256 = evidence_blobs.sha256)`;

/** Reads the whole store: pages and indexes, references between tables, what nothing refers to. */
export function checkStore(sql: Sql): StoreCheck {
  return sql.read(() => {
    const integrity = sql
      .statement<{ integrity_check: string }>(`PRAGMA integrity_check(${mostDamages})`)
      .all()
      .map((row) => row.integrity_check)
      .filter((text) => text !== "ok");
    const strays = sql
      .statement<{ table: string; parent: string; count: number }>(
        `SELECT "table", parent, count(*) AS count FROM pragma_foreign_key_check GROUP BY 1, 2 LIMIT ${mostDamages}`,
      )
      .all()
      .map(({ table, parent, count }) => `${count} rows of ${table} refer to ${parent} that are not there`);
    const unused = sql
      .statement<{ bytes: number }>(
        `SELECT (SELECT coalesce(sum(length(bytes_zstd)), 0) FROM evidence_blobs WHERE ${unusedBlobs})
           + (SELECT coalesce(sum(length(tasks_zstd) + length(lines_zstd)), 0) FROM reports AS r
              WHERE NOT EXISTS (SELECT 1 FROM incidents AS i WHERE i.host = r.host AND i.report_id = r.report_id))
           AS bytes`,
      )
      .get();
    const version = sql.statement<{ user_version: number }>("PRAGMA user_version").get();
    return {
      version: version?.user_version ?? 0,
      damages: [...integrity, ...strays],
      unusedBytes: unused?.bytes ?? 0,
    };
  });
}
