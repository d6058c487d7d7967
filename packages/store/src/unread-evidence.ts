import type { Sql } from "./sql.ts";
import type { Reread } from "./store.ts";

/**
 * The latest run that told of deaths on a host and is not among the records, or null: what it brought may rest on
 * evidence that was not read again. A visit tells of deaths when it read a log, and with it a boot.
 */
export function latestUnreadRun(sql: Sql, host: string, records: readonly Reread[]): number | null {
  const read = new Set(
    records.map((reread) =>
      "record" in reread
        ? nameOf(reread.run, null, null)
        : nameOf(reread.run, reread.batch.file.file, reread.batch.part),
    ),
  );
  const brought = sql
    .statement<{ run: number; file: string | null; part: number | null }>(
      `SELECT run, NULL AS file, NULL AS part FROM visits WHERE host = @host AND boot IS NOT NULL
       UNION ALL SELECT run, file, part FROM import_parts WHERE host = @host`,
    )
    .all({ host });
  const unread = brought.filter(({ run, file, part }) => !read.has(nameOf(run, file, part)));
  return unread.reduce<number | null>((latest, { run }) => Math.max(latest ?? run, run), null);
}

function nameOf(run: number, file: string | null, part: number | null): string {
  return JSON.stringify([run, file, part]);
}
