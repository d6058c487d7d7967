import type { IncidentName } from "./annotation-history.ts";
import { moveAnnotation } from "./annotations.ts";
import { moveSayings } from "./incident-words.ts";
import type { Sql } from "./sql.ts";

/** Hands all that names one incident and hangs on it to another, and removes it: its id is an alias from now on. */
export function mergeInto(sql: Sql, from: IncidentName, to: IncidentName): void {
  if (from.host === to.host) mergeOwn(sql, from.host, from.id, to.id);
  else mergeShared(sql, from, to);
}

function mergeOwn(sql: Sql, host: string, from: string, to: string): void {
  moveAnnotation(sql, { host, id: from }, { host, id: to });
  moveSayings(sql, host, from, to);
  for (const table of ["incident_keys", "incident_aliases"]) {
    sql.statement(`UPDATE ${table} SET id = @to WHERE host = @host AND id = @from`).run({ host, from, to });
  }
  sql.statement("DELETE FROM incidents WHERE host = ? AND id = ?").run(host, from);
  sql.statement("INSERT INTO incident_aliases (host, alias, id) VALUES (?, ?, ?)").run(host, from, to);
}

/** Keys and words are a host's own and go with the row: the death is known again by what the kernel says of it. */
function mergeShared(sql: Sql, from: IncidentName, to: IncidentName): void {
  moveAnnotation(sql, from, to);
  sql
    .statement(
      `INSERT INTO incident_aliases (host, alias, id)
       SELECT @toHost, alias, @to FROM (
         SELECT alias FROM incident_aliases WHERE host = @host AND id = @from UNION ALL SELECT @from)
       WHERE TRUE ON CONFLICT DO NOTHING`,
    )
    .run({ host: from.host, from: from.id, toHost: to.host, to: to.id });
  sql.statement("DELETE FROM incidents WHERE host = ? AND id = ?").run(from.host, from.id);
}
