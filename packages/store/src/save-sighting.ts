import { isDeepStrictEqual } from "node:util";
import type { EpochMs, Sighting } from "@inquest/core";
import { moveAnnotation } from "./annotations.ts";
import { improveIncident, union } from "./improve-incident.ts";
import type { StoredIncident } from "./incident-rows.ts";
import { loadStoredIncident, saveIncident } from "./incidents.ts";
import type { Sql } from "./sql.ts";

/** What became of one sighting. */
export interface SavedSighting {
  /** The incident it belongs to. */
  readonly id: string;
  readonly isNew: boolean;
  /** Incidents that turned out to be this one: their ids are aliases now. */
  readonly merged: readonly string[];
}

/**
 * Writes one sighting: a new incident, or a known one made better. When its keys lead to several incidents they
 * were one all along: the oldest stays and takes over keys, aliases and annotation of the others.
 */
export function saveSighting(
  sql: Sql,
  first: { readonly run: number; readonly seenMs: EpochMs },
  { incident: seen, keys }: Sighting,
): SavedSighting {
  const { host } = seen;
  const [oldest, ...others] = findKnown(sql, seen, keys);
  if (oldest === undefined) {
    saveIncident(sql, { ...seen, alsoOn: [], firstSeenMs: first.seenMs, run: first.run });
    saveKeys(sql, host, seen.id, keys);
    return { id: seen.id, isNew: true, merged: [] };
  }
  const merged = others.reduce(
    (one, other) => ({ ...improveIncident(one, other), alsoOn: union(one.alsoOn, other.alsoOn) }),
    oldest,
  );
  const improved = improveIncident(merged, seen);
  // Most visits tell what is known: they should not make the log of a fleet's store grow.
  if (!isDeepStrictEqual(improved, oldest)) saveIncident(sql, improved);
  for (const other of others) mergeInto(sql, host, other.id, oldest.id);
  saveKeys(sql, host, oldest.id, keys);
  return { id: oldest.id, isNew: false, merged: others.map((other) => other.id) };
}

/** Incidents that share a key or the id with a sighting, the oldest first. */
function findKnown(sql: Sql, seen: Sighting["incident"], keys: readonly string[]): readonly StoredIncident[] {
  const { host, id } = seen;
  const byKey = sql.statement<{ id: string }>("SELECT id FROM incident_keys WHERE host = ? AND key = ?");
  const byId = sql.statement<{ id: string }>(
    `SELECT id FROM incidents WHERE host = @host AND id = @id
     UNION ALL SELECT id FROM incident_aliases WHERE host = @host AND alias = @id`,
  );
  const rows = [...keys.map((key) => byKey.get(host, key)), byId.get({ host, id })];
  const ids = new Set(rows.flatMap((row) => row?.id ?? []));
  return [...ids]
    .flatMap((known) => loadStoredIncident(sql, host, known) ?? [])
    .toSorted((one, other) => one.firstSeenMs - other.firstSeenMs || (one.id < other.id ? -1 : 1));
}

function saveKeys(sql: Sql, host: string, id: string, keys: readonly string[]): void {
  const insert = sql.statement(
    "INSERT INTO incident_keys (host, key, id) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
  );
  for (const key of keys.toSorted()) insert.run(host, key, id);
}

function mergeInto(sql: Sql, host: string, from: string, to: string): void {
  moveAnnotation(sql, host, from, to);
  sql
    .statement("UPDATE incident_keys SET id = @to WHERE host = @host AND id = @from")
    .run({ host, from, to });
  sql
    .statement("UPDATE incident_aliases SET id = @to WHERE host = @host AND id = @from")
    .run({ host, from, to });
  sql.statement("DELETE FROM incidents WHERE host = ? AND id = ?").run(host, from);
  sql.statement("INSERT INTO incident_aliases (host, alias, id) VALUES (?, ?, ?)").run(host, from, to);
}
