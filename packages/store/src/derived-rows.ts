import type { Sighting } from "@inquest/core";
import { inheritAnnotationHistory } from "./annotation-history.ts";
import { restoreAnnotation } from "./annotations.ts";
import type { StoredIncident } from "./incident-rows.ts";
import { toStoredIncident } from "./incident-rows.ts";
import type { StoredSaying } from "./incident-words.ts";
import { canBeOneDeath, nearestSaying, saveSaying, sayingOf } from "./incident-words.ts";
import type { Sql, SqlRow } from "./sql.ts";

/** One incident with all that hangs on it, as it was before its evidence was read again. */
export interface OldIncident {
  readonly incident: StoredIncident;
  readonly keys: readonly string[];
  readonly aliases: readonly string[];
  readonly sayings: readonly (StoredSaying & { readonly words: string })[];
  /** Its row of `annotations`, or null. */
  readonly annotation: SqlRow | null;
}

/** The incidents of one host as they were. */
export interface OldIncidents {
  /** Oldest first. */
  readonly all: readonly OldIncident[];
  /** Ids of those that a sighting tells of. */
  readonly idsOf: (sighting: Sighting) => readonly string[];
}

type NameRow = { readonly id: string; readonly name: string };

/** Takes all incidents of a host out of the store, with their keys, words, aliases and annotations. */
export function takeIncidents(sql: Sql, host: string): OldIncidents {
  const keys = sql.statement<NameRow>("SELECT id, key AS name FROM incident_keys WHERE host = ?").all(host);
  const aliases = sql
    .statement<NameRow>("SELECT id, alias AS name FROM incident_aliases WHERE host = ?")
    .all(host);
  const sayings = sql
    .statement<StoredSaying & { readonly words: string }>(
      `SELECT id, words, stamp_us AS stampUs, at_ms AS atMs, at_error_s AS errorS
       FROM incident_words WHERE host = ?`,
    )
    .all(host);
  const annotations = sql.statement("SELECT * FROM annotations WHERE host = ?").all(host);
  const rows = sql.statement("SELECT * FROM incidents WHERE host = ? ORDER BY first_seen_ms, id").all(host);
  sql.statement("DELETE FROM incidents WHERE host = ?").run(host);
  const keysById = Map.groupBy(keys, ({ id }) => id);
  const aliasesById = Map.groupBy(aliases, ({ id }) => id);
  const sayingsById = Map.groupBy(sayings, ({ id }) => id);
  const annotationById = new Map(annotations.map((row) => [row["id"], row]));
  const all = rows.map(toStoredIncident).map((incident) => ({
    incident,
    keys: (keysById.get(incident.id) ?? []).map(({ name }) => name),
    aliases: (aliasesById.get(incident.id) ?? []).map(({ name }) => name),
    sayings: sayingsById.get(incident.id) ?? [],
    annotation: annotationById.get(incident.id) ?? null,
  }));
  return { all, idsOf: idFinder(all) };
}

/** Puts keys, words, aliases and annotation of a taken incident back, under the id that it has now. */
export function restoreNames(sql: Sql, old: OldIncident, id: string): void {
  const { host } = old.incident;
  const insertKey = sql.statement(
    "INSERT INTO incident_keys (host, key, id) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
  );
  for (const key of old.keys) insertKey.run(host, key, id);
  for (const { words, ...saying } of old.sayings) saveSaying(sql, host, words, { ...saying, id });
  restoreBonds(sql, old, id);
}

/** Puts aliases and annotation of a taken incident back, under the id that it has now. */
export function restoreBonds(sql: Sql, { incident, aliases, annotation }: OldIncident, id: string): void {
  const { host } = incident;
  const insertAlias = sql.statement(
    `INSERT INTO incident_aliases (host, alias, id) SELECT @host, @alias, @id
     WHERE NOT EXISTS (SELECT 1 FROM incidents WHERE host = @host AND id = @alias)
     ON CONFLICT DO NOTHING`,
  );
  for (const alias of [...aliases, incident.id]) insertAlias.run({ host, alias, id });
  if (annotation === null) return;
  restoreAnnotation(sql, { ...annotation, id });
  inheritAnnotationHistory(sql, { host, id: incident.id }, { host, id });
}

/** By key, id and alias; else by stamp and pid (keys change their form with the parser); else by words. */
function idFinder(all: readonly OldIncident[]): OldIncidents["idsOf"] {
  const byName = new Map<string, string>();
  const byStamp = new Map<string, string>();
  const sayings = Map.groupBy(
    all.flatMap((old) => old.sayings),
    ({ words }) => words,
  );
  for (const { incident, keys, aliases } of all) {
    for (const name of [...keys, ...aliases, incident.id]) byName.set(name, incident.id);
    const stamped = stampedName(incident);
    if (stamped !== null && !byStamp.has(stamped)) byStamp.set(stamped, incident.id);
  }
  return ({ incident, keys, words }) => {
    const named = new Set([...keys, incident.id].flatMap((name) => byName.get(name) ?? []));
    if (named.size > 0) return [...named];
    const stamped = byStamp.get(stampedName(incident) ?? "");
    if (stamped !== undefined) return [stamped];
    const said = sayingOf(incident);
    const candidates = words === null ? [] : (sayings.get(words) ?? []);
    const nearest = nearestSaying(
      said,
      candidates.filter((saying) => canBeOneDeath(saying, said)),
    );
    return nearest === null ? [] : [nearest.id];
  };
}

function stampedName({ kind, stampUs, victim }: Sighting["incident"]): string | null {
  return stampUs === null || victim.pid === null ? null : JSON.stringify([kind, stampUs, victim.pid]);
}
