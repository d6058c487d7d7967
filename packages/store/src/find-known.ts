import type { Sighting } from "@inquest/core";
import type { Saying } from "./incident-words.ts";
import { canBeOneDeath, loadSayings, nearestSaying, sayingOf } from "./incident-words.ts";
import type { StoredIncident } from "./incident-rows.ts";
import { loadStoredIncident } from "./incidents.ts";
import type { Sql } from "./sql.ts";

/**
 * The stored incidents that a sighting tells of, the oldest first: all that share a key or the id and are not of
 * another boot, and the one that was told in the same words at a compatible time, also compatible with what the keys
 * lead to. A key that names no boot may lead to two: a machine that boots alike may die alike.
 */
export function findKnown(sql: Sql, { incident, keys, words }: Sighting): readonly StoredIncident[] {
  const { host } = incident;
  const byKey = idsByKey(sql, host, incident.id, keys)
    .flatMap((id) => loadStoredIncident(sql, host, id) ?? [])
    .filter((known) => canBeOneBoot(known, incident));
  const said = words === null ? null : findByWords(sql, incident, words, byKey);
  const byWords = said === null ? null : loadStoredIncident(sql, host, said);
  const isOther = byWords === null || !canBeOneBoot(byWords, incident);
  return (isOther ? byKey : [...byKey, byWords]).toSorted(
    (one, other) => one.firstSeenMs - other.firstSeenMs || (one.id < other.id ? -1 : 1),
  );
}

function canBeOneBoot(one: Pick<StoredIncident, "bootId">, other: Pick<StoredIncident, "bootId">): boolean {
  return one.bootId === null || other.bootId === null || one.bootId === other.bootId;
}

function idsByKey(sql: Sql, host: string, id: string, keys: readonly string[]): readonly string[] {
  const byKey = sql.statement<{ id: string }>("SELECT id FROM incident_keys WHERE host = ? AND key = ?");
  const byId = sql.statement<{ id: string }>(
    `SELECT id FROM incidents WHERE host = @host AND id = @id
     UNION ALL SELECT id FROM incident_aliases WHERE host = @host AND alias = @id`,
  );
  const rows = [...keys.map((key) => byKey.get(host, key)), byId.get({ host, id })];
  return [...new Set(rows.flatMap((row) => row?.id ?? []))];
}

function findByWords(
  sql: Sql,
  seen: Sighting["incident"],
  words: string,
  byKey: readonly StoredIncident[],
): string | null {
  const sayings = loadSayings(sql, seen.host, words);
  // What the keys lead to may have been told in other words (a selection line): then its time alone can contradict.
  const found = byKey.map(
    ({ id, time }): Saying =>
      sayings.find((saying) => saying.id === id) ?? { stampUs: null, atMs: time.atMs, errorS: time.errorS },
  );
  const ids = new Set(byKey.map(({ id }) => id));
  const candidates = sayings.filter(
    (saying) =>
      !ids.has(saying.id) && [sayingOf(seen), ...found].every((other) => canBeOneDeath(saying, other)),
  );
  return nearestSaying(sayingOf(seen), candidates)?.id ?? null;
}
