import type { SqlRow } from "./sql.ts";

/** INSERT of one row by names; a row with the same key stays as it is. */
export function insertSql(table: string, row: SqlRow): string {
  return `${plainInsert(table, row)} ON CONFLICT DO NOTHING`;
}

/** INSERT of one row by names; a row with the same key takes its values. Column names are ours, never a host's. */
export function upsertSql(table: string, row: SqlRow, key: readonly string[]): string {
  const changes = Object.keys(row)
    .filter((column) => !key.includes(column))
    .map((column) => `${column} = excluded.${column}`);
  return `${plainInsert(table, row)} ON CONFLICT (${key.join(", ")}) DO UPDATE SET ${changes.join(", ")}`;
}

function plainInsert(table: string, row: SqlRow): string {
  const columns = Object.keys(row);
  const values = columns.map((column) => `@${column}`);
  return `INSERT INTO ${table} (${columns.join(", ")}) VALUES (${values.join(", ")})`;
}
