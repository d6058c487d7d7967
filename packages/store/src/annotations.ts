import type { Annotation } from "@inquest/core";
import { annotationColumns } from "./annotation-columns.ts";
import type { IncidentName } from "./annotation-history.ts";
import { inheritAnnotationHistory } from "./annotation-history.ts";
import { fromColumns } from "./columns.ts";
import type { Sql, SqlRow } from "./sql.ts";
import { insertSql } from "./upsert-sql.ts";

/** What a reviewer wrote on an incident; all null when nobody did. */
export function loadAnnotation(sql: Sql, host: string, id: string): Annotation {
  const row = sql.statement("SELECT * FROM annotations WHERE host = ? AND id = ?").get(host, id);
  return fromColumns<Annotation>(annotationColumns, row ?? {});
}

/** Hands the annotation of an incident to the one it merged into, unless that has its own. */
export function moveAnnotation(sql: Sql, from: IncidentName, to: IncidentName): void {
  sql
    .statement(
      `INSERT INTO annotations (host, id, status, owner, cause, ticket, note)
       SELECT @toHost, @to, status, owner, cause, ticket, note FROM annotations
       WHERE host = @host AND id = @from ON CONFLICT DO NOTHING`,
    )
    .run({ host: from.host, from: from.id, toHost: to.host, to: to.id });
  inheritAnnotationHistory(sql, from, to);
}

/** Writes a whole row of `annotations`; one that is there already stays. */
export function restoreAnnotation(sql: Sql, row: SqlRow): void {
  sql.statement(insertSql("annotations", row)).run(row);
}

/** Whether a reviewer's words are in a row of `annotations`. */
export function isAnnotated(row: SqlRow | null): boolean {
  return (
    row !== null && Object.values<string>(annotationColumns).some((column) => (row[column] ?? null) !== null)
  );
}
