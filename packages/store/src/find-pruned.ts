import type { Sighting } from "@inquest/core";
import { canBeOneDeath, sayingOf } from "./incident-words.ts";
import type { StoredSaying } from "./incident-words.ts";
import type { Sql } from "./sql.ts";

/** Id of the pruned incident that a sighting tells of, by the same rules as a known one; or null. */
export function findPruned(sql: Sql, { incident, keys, words }: Sighting): string | null {
  const { host, bootId } = incident;
  const byName = sql.statement<{ id: string; bootId: string | null }>(
    "SELECT id, boot_id AS bootId FROM pruned_names WHERE host = ? AND name = ?",
  );
  for (const name of [...keys, incident.id]) {
    const found = byName.get(host, name);
    if (found !== undefined && (found.bootId === null || bootId === null || found.bootId === bootId))
      return found.id;
  }
  if (words === null) return null;
  const said = sql
    .statement<StoredSaying>(
      `SELECT id, stamp_us AS stampUs, at_ms AS atMs, at_error_s AS errorS
       FROM pruned_words WHERE host = ? AND words = ?`,
    )
    .all(host, words);
  return said.find((saying) => canBeOneDeath(saying, sayingOf(incident)))?.id ?? null;
}
