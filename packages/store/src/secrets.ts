import type { Sql } from "./sql.ts";

/** A secret that was drawn when the store was made. */
export function loadSecret(sql: Sql, name: "anonymize"): Uint8Array {
  const row = sql.statement<{ bytes: Uint8Array }>("SELECT bytes FROM secrets WHERE name = ?").get(name);
  if (row === undefined) throw new Error(`the store has no secret ${name}`);
  return row.bytes;
}
