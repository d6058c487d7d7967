import type { ImportedFile } from "@inquest/core";
import { loadEvidence } from "./evidence.ts";
import { toImportedFile } from "./imports.ts";
import type { Sql } from "./sql.ts";
import type { StoredEvidence } from "./store.ts";
import { toVisit } from "./visit-rows.ts";
import { decompress } from "./zstd.ts";

interface EvidenceKey {
  readonly run: number;
  /** Null: the evidence of a visit. */
  readonly file: string | null;
  readonly part: number | null;
}

/** Where a host's evidence lies: run by run, in a run the visit, then its files in the order they were read in. */
const evidenceKeys = `
SELECT run, NULL AS file, NULL AS part, -1 AS place FROM visits
WHERE host = @host AND EXISTS (
  SELECT 1 FROM evidence WHERE evidence.host = visits.host AND evidence.run = visits.run)
UNION ALL
SELECT run, file, part, place FROM imports JOIN import_parts USING (host, run, file) WHERE host = @host
ORDER BY run, place, part`;

/** All evidence of a host in the order in which it was stored. What is deleted before its turn is left out. */
export function* readStoredEvidence(sql: Sql, host: string): Generator<StoredEvidence, void, undefined> {
  for (const { run, file, part } of sql.statement<EvidenceKey>(evidenceKeys).all({ host })) {
    const found =
      file === null || part === null
        ? findVisitEvidence(sql, host, run)
        : findImportPart(sql, host, run, file, part);
    if (found !== null) yield found;
  }
}

function findVisitEvidence(sql: Sql, host: string, run: number): StoredEvidence | null {
  const row = sql.statement("SELECT * FROM visits WHERE host = ? AND run = ?").get(host, run);
  if (row === undefined) return null;
  return { from: "visit", run, visit: toVisit(row), sections: loadEvidence(sql, host, run) };
}

function findImportPart(
  sql: Sql,
  host: string,
  run: number,
  name: string,
  part: number,
): StoredEvidence | null {
  const file = findImportedFile(sql, host, run, name);
  const row = sql
    .statement<{ line: number; bytes_zstd: Uint8Array }>(
      `SELECT line, bytes_zstd FROM import_parts JOIN evidence_blobs USING (host, sha256)
       WHERE host = ? AND run = ? AND file = ? AND part = ?`,
    )
    .get(host, run, name, part);
  if (file === null || row === undefined) return null;
  return { from: "import", run, file, part, line: row.line, bytes: decompress(row.bytes_zstd) };
}

function findImportedFile(sql: Sql, host: string, run: number, file: string): ImportedFile | null {
  const row = sql
    .statement("SELECT * FROM imports WHERE host = ? AND run = ? AND file = ?")
    .get(host, run, file);
  return row === undefined ? null : toImportedFile(row);
}
