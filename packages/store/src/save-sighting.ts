import { isDeepStrictEqual } from "node:util";
import type { EpochMs, Sighting } from "@inquest/core";
import { findKnown } from "./find-known.ts";
import { findPruned } from "./find-pruned.ts";
import { improveIncident } from "./improve-incident.ts";
import { toIncidentRow } from "./incident-rows.ts";
import type { StoredIncident } from "./incident-rows.ts";
import { saveSaying, sayingOf } from "./incident-words.ts";
import { saveIncident } from "./incidents.ts";
import { mergeInto } from "./merge-incidents.ts";
import { copyReport } from "./reports.ts";
import { findShared } from "./shared-death.ts";
import type { Sql } from "./sql.ts";

/** Which run brought an incident first, and when: collector clock. */
export interface FirstSight {
  readonly run: number;
  readonly seenMs: EpochMs;
}

/** What became of one sighting. */
export interface SavedSighting {
  /** The incident it belongs to, and the host it is kept under. */
  readonly id: string;
  readonly host: string;
  readonly isNew: boolean;
  /** Incidents that turned out to be this one: their ids are aliases now. */
  readonly merged: readonly string[];
}

/**
 * Writes one sighting: a new incident, or a known one made better. When it leads to several incidents they were one
 * all along: the oldest stays and takes over keys, words, aliases and annotation of the others. One that another
 * container of the same kernel has shown is that host's, and also on this one; with `ownOnly` it is not looked for.
 */
export function saveSighting(
  sql: Sql,
  first: FirstSight,
  sighting: Sighting,
  { ownOnly = false }: { readonly ownOnly?: boolean } = {},
): SavedSighting {
  const { incident: seen } = sighting;
  const known = [...findKnown(sql, sighting), ...(ownOnly ? [] : findShared(sql, sighting))];
  const [oldest, ...others] = known.toSorted(byAge);
  if (oldest === undefined) {
    const pruned = findPruned(sql, sighting);
    if (pruned !== null) return { id: pruned, host: seen.host, isNew: false, merged: [] };
    saveIncident(sql, { ...seen, alsoOn: [], firstSeenMs: first.seenMs, run: first.run });
    saveNames(sql, seen.id, sighting);
    return { id: seen.id, host: seen.host, isNew: true, merged: [] };
  }
  const merged = others.reduce(
    (one, other) => ({ ...improveIncident(one, other), alsoOn: hostsBeside(oldest, one, other) }),
    oldest,
  );
  const improved = { ...improveIncident(merged, seen), alsoOn: hostsBeside(oldest, merged, seen) };
  if (!areSameRow(improved, oldest)) saveIncident(sql, improved);
  for (const other of others) {
    if (improved.reportId !== null && other.host !== oldest.host)
      copyReport(sql, other.host, oldest.host, improved.reportId);
    mergeInto(sql, other, oldest);
  }
  if (oldest.host === seen.host) saveNames(sql, oldest.id, sighting);
  return { id: oldest.id, host: oldest.host, isNew: false, merged: others.map((other) => other.id) };
}

function byAge(one: StoredIncident, other: StoredIncident): number {
  return one.firstSeenMs - other.firstSeenMs || (one.id < other.id ? -1 : 1);
}

/** All hosts that two tellings name, but the one that the incident is kept under. */
function hostsBeside(
  { host }: StoredIncident,
  ...tellings: readonly { readonly host: string; readonly alsoOn?: readonly string[] }[]
): readonly string[] {
  const hosts = tellings.flatMap((telling) => [telling.host].concat(telling.alsoOn ?? []));
  return [...new Set(hosts)].filter((name) => name !== host).toSorted();
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
