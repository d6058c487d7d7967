import { isDeepStrictEqual } from "node:util";
import type { EpochMs, Sighting } from "@inquest/core";
import { moveAnnotation } from "./annotations.ts";
import { findKnown } from "./find-known.ts";
import { findPruned } from "./find-pruned.ts";
import { improveIncident, union } from "./improve-incident.ts";
import { toIncidentRow } from "./incident-rows.ts";
import type { StoredIncident } from "./incident-rows.ts";
import { moveSayings, saveSaying, sayingOf } from "./incident-words.ts";
import { saveIncident } from "./incidents.ts";
import type { Sql } from "./sql.ts";

/** Which run brought an incident first, and when: collector clock. */
export interface FirstSight {
  readonly run: number;
  readonly seenMs: EpochMs;
}

/** What became of one sighting. */
export interface SavedSighting {
  /** The incident it belongs to. */
  readonly id: string;
  readonly isNew: boolean;
  /** Incidents that turned out to be this one: their ids are aliases now. */
  readonly merged: readonly string[];
}

/**
 * Writes one sighting: a new incident, or a known one made better. When it leads to several incidents they were one
 * all along: the oldest stays and takes over keys, words, aliases and annotation of the others.
 */
export function saveSighting(sql: Sql, first: FirstSight, sighting: Sighting): SavedSighting {
  const { incident: seen } = sighting;
  const [oldest, ...others] = findKnown(sql, sighting);
  if (oldest === undefined) {
    const pruned = findPruned(sql, sighting);
    if (pruned !== null) return { id: pruned, isNew: false, merged: [] };
    saveIncident(sql, { ...seen, alsoOn: [], firstSeenMs: first.seenMs, run: first.run });
    saveNames(sql, seen.id, sighting);
    return { id: seen.id, isNew: true, merged: [] };
  }
  const merged = others.reduce(
    (one, other) => ({ ...improveIncident(one, other), alsoOn: union(one.alsoOn, other.alsoOn) }),
    oldest,
  );
  const improved = improveIncident(merged, seen);
  if (!areSameRow(improved, oldest)) saveIncident(sql, improved);
  for (const other of others) mergeInto(sql, seen.host, other.id, oldest.id);
  saveNames(sql, oldest.id, sighting);
  return { id: oldest.id, isNew: false, merged: others.map((other) => other.id) };
}

/** Most visits tell what is known: they should not make the log of a fleet's store grow. */
function areSameRow(one: StoredIncident, other: StoredIncident): boolean {
  return isDeepStrictEqual(one, other) || isDeepStrictEqual(toIncidentRow(one), toIncidentRow(other));
}

/** Keys and words by which the incident is known again. */
function saveNames(sql: Sql, id: string, { incident, keys, words }: Sighting): void {
  const { host } = incident;
  const known = sql.statement("SELECT 1 FROM incident_keys WHERE host = ? AND key = ?");
  const insert = sql.statement("INSERT INTO incident_keys (host, key, id) VALUES (?, ?, ?)");
  for (const key of keys.toSorted()) {
    if (known.get(host, key) === undefined) insert.run(host, key, id);
  }
  if (words !== null) saveSaying(sql, host, words, { ...sayingOf(incident), id });
}

function mergeInto(sql: Sql, host: string, from: string, to: string): void {
  moveAnnotation(sql, host, from, to);
  moveSayings(sql, host, from, to);
  sql
    .statement("UPDATE incident_keys SET id = @to WHERE host = @host AND id = @from")
    .run({ host, from, to });
  sql
    .statement("UPDATE incident_aliases SET id = @to WHERE host = @host AND id = @from")
    .run({ host, from, to });
  sql.statement("DELETE FROM incidents WHERE host = ? AND id = ?").run(host, from);
  sql.statement("INSERT INTO incident_aliases (host, alias, id) VALUES (?, ?, ?)").run(host, from, to);
}
