import type { Incident } from "@inquest/core";
import { loadAnnotation } from "./annotations.ts";
import { toIncidentRow, toStoredIncident } from "./incident-rows.ts";
import type { StoredIncident } from "./incident-rows.ts";
import { toCondition } from "./query-sql.ts";
import type { Sql, SqlValue } from "./sql.ts";
import type { IncidentFilter } from "./incident-filter.ts";
import { upsertSql } from "./upsert-sql.ts";

/** Keys read ahead: an open SQLite cursor would lock the connection for the reader's whole walk. */
const keysAhead = 20_000;

interface IncidentKey {
  readonly place: number;
  readonly host: string;
  readonly id: string;
}

/** Writes one incident; the same host and id again replaces it. */
export function saveIncident(sql: Sql, incident: StoredIncident): void {
  const row = toIncidentRow(incident);
  sql.statement(upsertSql("incidents", row, ["host", "id"])).run(row);
}

/** One incident without its annotation, or null. */
export function loadStoredIncident(sql: Sql, host: string, id: string): StoredIncident | null {
  const row = sql.statement("SELECT * FROM incidents WHERE host = ? AND id = ?").get(host, id);
  return row === undefined ? null : toStoredIncident(row);
}

/** One incident, or null. Two lookups: the driver takes ten times as long for a joined row. */
export function loadIncident(sql: Sql, host: string, id: string): Incident | null {
  const stored = loadStoredIncident(sql, host, id);
  return stored === null ? null : { ...stored, annotation: loadAnnotation(sql, host, id) };
}

/**
 * Incidents by time, then those that have none by host and stamp. Others may write meanwhile: what is merged away
 * before its turn is left out, what is new may or may not come.
 */
export function* readIncidents(sql: Sql, filter: IncidentFilter): Generator<Incident, void, undefined> {
  yield* walk(sql, filter, "at_ms IS NOT NULL", ["at_ms", "host", "id"], ({ place, host, id }) => [
    place,
    host,
    id,
  ]);
  if (filter.sinceMs !== null || filter.untilMs !== null) return;
  const stamp = "coalesce(stamp_us, -1)";
  yield* walk(sql, filter, "at_ms IS NULL", ["host", stamp, "id"], ({ place, host, id }) => [
    host,
    place,
    id,
  ]);
}

/** Walks one ordering: a page of keys, then each row by its key, then the page after the last key. */
function* walk(
  sql: Sql,
  filter: IncidentFilter,
  part: string,
  order: readonly [string, string, string],
  cursorOf: (last: IncidentKey) => readonly SqlValue[],
): Generator<Incident, void, undefined> {
  const { text, values } = toCondition(filter);
  const place = order.find((column) => column !== "host" && column !== "id") ?? "NULL";
  const select = `SELECT ${place} AS place, host, id FROM incidents WHERE ${part} AND ${text}`;
  const sorted = order.join(", ");
  let cursor: readonly SqlValue[] | null = null;
  for (;;) {
    const after: string = cursor === null ? "" : `AND (${sorted}) > (?, ?, ?)`;
    const page = sql.statement<IncidentKey>(`${select} ${after} ORDER BY ${sorted} LIMIT ${keysAhead}`);
    const keys = page.all(...values, ...(cursor ?? []));
    for (const { host, id } of keys) {
      const incident = loadIncident(sql, host, id);
      if (incident !== null) yield incident;
    }
    const last = keys.at(-1);
    if (last === undefined || keys.length < keysAhead) return;
    cursor = cursorOf(last);
  }
}
