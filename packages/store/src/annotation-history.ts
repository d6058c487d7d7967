import type { Annotation, EpochMs } from "@inquest/core";
import { annotationColumns } from "./annotation-columns.ts";
import { fromColumns, toColumns } from "./columns.ts";
import type { Sql, SqlRow } from "./sql.ts";
import type { AnnotationChange, AnnotationRevision } from "./store.ts";
import { insertSql, upsertSql } from "./upsert-sql.ts";

/** Which incident of which host. */
export interface IncidentName {
  readonly host: string;
  readonly id: string;
}

type Meta = Pick<AnnotationRevision, "rev" | "atMs" | "author" | "source">;

const metaColumns = { rev: "rev", atMs: "at_ms", author: "author", source: "source" } as const;

/** Every state the annotation of an incident had, oldest first. */
export function loadAnnotationHistory(sql: Sql, host: string, id: string): readonly AnnotationRevision[] {
  return sql
    .statement("SELECT * FROM annotation_history WHERE host = ? AND id = ? ORDER BY rev")
    .all(host, id)
    .map((row) =>
      Object.assign(fromColumns<Meta>(metaColumns, row), {
        annotation: fromColumns<Annotation>(annotationColumns, row),
      }),
    );
}

/** Number of the latest revision; 0: nobody ever wrote one. */
export function latestRevision(sql: Sql, host: string, id: string): number {
  const row = sql
    .statement<{ rev: number | null }>(
      "SELECT max(rev) AS rev FROM annotation_history WHERE host = ? AND id = ?",
    )
    .get(host, id);
  return row?.rev ?? 0;
}

/** Writes annotations in one transaction; returns those whose incident is gone or was annotated since. */
export function saveAnnotations(
  sql: Sql,
  changes: readonly AnnotationChange[],
  by: Pick<AnnotationRevision, "author" | "source"> & { readonly atMs: EpochMs },
): readonly AnnotationChange[] {
  return sql.write(() =>
    changes.filter(({ host, id, rev, annotation }) => {
      const known = sql.statement("SELECT 1 FROM incidents WHERE host = ? AND id = ?").get(host, id);
      if (known === undefined || latestRevision(sql, host, id) !== rev) return true;
      const words = toColumns<Annotation>(annotationColumns, annotation);
      const row: SqlRow = { host, id, ...words };
      sql.statement(upsertSql("annotations", row, ["host", "id"])).run(row);
      const written: SqlRow = {
        host,
        id,
        ...toColumns<Meta>(metaColumns, { ...by, rev: rev + 1 }),
        ...words,
      };
      sql.statement(insertSql("annotation_history", written)).run(written);
      return false;
    }),
  );
}

/** Gives the history of an incident to the one it merged into, unless that has its own; it stays under its old id too. */
export function inheritAnnotationHistory(sql: Sql, from: IncidentName, to: IncidentName): void {
  if (latestRevision(sql, to.host, to.id) > 0) return;
  sql
    .statement(
      `INSERT INTO annotation_history (host, id, rev, at_ms, author, source, status, owner, cause, ticket, note)
       SELECT @toHost, @to, rev, at_ms, author, source, status, owner, cause, ticket, note
       FROM annotation_history WHERE host = @host AND id = @from`,
    )
    .run({ host: from.host, from: from.id, toHost: to.host, to: to.id });
}
