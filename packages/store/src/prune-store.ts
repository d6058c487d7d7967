import { annotationColumns } from "./annotation-columns.ts";
import { unusedBlobs } from "./check-store.ts";
import { dropUnusedReports } from "./reports.ts";
import type { Sql } from "./sql.ts";
import type { Pruned, PruneWish } from "./store.ts";

/** Carries the figures of a dry run out of the transaction that is rolled back. */
class DryRun extends Error {
  readonly pruned: Pruned;
  constructor(pruned: Pruned) {
    super("dry run");
    this.pruned = pruned;
  }
}

const isOld = `
CASE WHEN at_ms IS NULL THEN first_seen_ms < @beforeMs ELSE at_ms + at_error_s * 1000 < @beforeMs END`;
const isAnnotated = `
EXISTS (SELECT 1 FROM annotations AS a WHERE a.host = incidents.host AND a.id = incidents.id
  AND coalesce(${Object.values<string>(annotationColumns).join(", ")}) IS NOT NULL)`;

/** Removes what is older in one transaction; Store.prune says what stays. */
export function pruneStore(sql: Sql, wish: PruneWish): Pruned {
  try {
    return sql.write(() => {
      const pruned = removeOld(sql, wish);
      if (wish.dryRun) throw new DryRun(pruned);
      return pruned;
    });
  } catch (error) {
    if (error instanceof DryRun) return error.pruned;
    throw error;
  }
}

function removeOld(sql: Sql, { beforeMs, keepAnnotated }: PruneWish): Pruned {
  const bytesBefore = heldBytes(sql);
  const going = keepAnnotated ? `${isOld} AND NOT ${isAnnotated}` : isOld;
  const annotated = keepAnnotated
    ? (sql
        .statement<{ count: number }>(
          `SELECT count(*) AS count FROM incidents WHERE ${isOld} AND ${isAnnotated}`,
        )
        .get({ beforeMs })?.count ?? 0)
    : 0;
  const gone = sql
    .statement<{ host: string; id: string; boot_id: string | null }>(
      `SELECT host, id, boot_id FROM incidents WHERE ${going} ORDER BY host, id`,
    )
    .all({ beforeMs });
  for (const { host, id, boot_id } of gone) removeIncident(sql, host, id, boot_id);
  for (const host of new Set(gone.map((incident) => incident.host))) dropUnusedReports(sql, host);
  const evidence = removeEvidence(sql, beforeMs);
  return { incidents: gone.length, annotated, evidence, bytes: bytesBefore - heldBytes(sql) };
}

/** What names it stays: the ring buffer of its host may tell of it for years. */
function removeIncident(sql: Sql, host: string, id: string, bootId: string | null): void {
  sql
    .statement(
      `INSERT INTO pruned_names (host, name, id, boot_id)
       SELECT host, key, id, @bootId FROM incident_keys WHERE host = @host AND id = @id
       UNION SELECT host, alias, id, @bootId FROM incident_aliases WHERE host = @host AND id = @id
       UNION SELECT @host, @id, @id, @bootId
       ON CONFLICT DO NOTHING`,
    )
    .run({ host, id, bootId });
  sql
    .statement(
      `INSERT INTO pruned_words (host, words, id, stamp_us, at_ms, at_error_s)
       SELECT host, words, id, stamp_us, at_ms, at_error_s FROM incident_words WHERE host = @host AND id = @id
       ON CONFLICT DO NOTHING`,
    )
    .run({ host, id });
  sql
    .statement(
      `DELETE FROM annotation_history WHERE host = @host AND (id = @id OR id IN
         (SELECT alias FROM incident_aliases WHERE host = @host AND id = @id))`,
    )
    .run({ host, id });
  sql.statement("DELETE FROM incidents WHERE host = ? AND id = ?").run(host, id);
}

/**
 * Raw sections and processes of old visits, and old saved logs that brought none of the incidents that stay: reparse
 * takes a visit without evidence for unread and keeps what it brought; of a saved log it would not know.
 */
function removeEvidence(sql: Sql, beforeMs: number): number {
  const oldVisits = sql
    .statement<{ host: string; run: number }>("SELECT host, run FROM visits WHERE started_ms < ?")
    .all(beforeMs);
  const hadEvidence = sql.statement("SELECT 1 FROM evidence WHERE host = ? AND run = ? LIMIT 1");
  let removed = 0;
  for (const { host, run } of oldVisits) {
    if (hadEvidence.get(host, run) !== undefined) removed += 1;
    sql.statement("DELETE FROM evidence WHERE host = ? AND run = ?").run(host, run);
    sql.statement("DELETE FROM snapshots WHERE host = ? AND run = ?").run(host, run);
  }
  const oldImports = sql
    .statement<{ host: string; run: number }>(
      `SELECT DISTINCT host, run FROM import_parts JOIN runs USING (run)
       WHERE started_ms < ? AND NOT EXISTS (
         SELECT 1 FROM incidents AS i WHERE i.host = import_parts.host AND i.run = import_parts.run)`,
    )
    .all(beforeMs);
  for (const { host, run } of oldImports)
    sql.statement("DELETE FROM import_parts WHERE host = ? AND run = ?").run(host, run);
  sql.statement(`DELETE FROM evidence_blobs WHERE ${unusedBlobs}`).run();
  return removed + oldImports.length;
}

function heldBytes(sql: Sql): number {
  const row = sql
    .statement<{ bytes: number }>(
      `SELECT (SELECT coalesce(sum(length(bytes_zstd)), 0) FROM evidence_blobs)
         + (SELECT coalesce(sum(length(tasks_zstd) + length(lines_zstd)), 0) FROM reports)
         + (SELECT coalesce(sum(length(processes_zstd)), 0) FROM snapshots) AS bytes`,
    )
    .get();
  return row?.bytes ?? 0;
}
