import type { ImportBatch, ImportedFile } from "@inquest/core";
import type { ColumnsOf } from "./columns.ts";
import { fromColumns, toColumns } from "./columns.ts";
import { saveBlob } from "./evidence.ts";
import type { Sql, SqlRow } from "./sql.ts";

const fileColumns: ColumnsOf<ImportedFile> = {
  host: "host",
  file: "file",
  format: "format",
  capturedMs: "captured_ms",
  bootAtMs: "boot_at_ms",
  zone: "zone",
  modifiedMs: "modified_ms",
  firstYear: "first_year",
};

/** Writes where a stretch of a saved log came from, and its bytes; what is there already stays. */
export function saveImportPart(sql: Sql, run: number, { file, part, line, bytes }: ImportBatch): void {
  const { host } = file;
  const row: SqlRow = { ...toColumns(fileColumns, file), run };
  // The place keeps the order in which the files of a host were read: reports may go on from one to the next.
  sql
    .statement(
      `INSERT INTO imports (host, run, file, place, format, captured_ms, boot_at_ms, zone, modified_ms, first_year)
       VALUES (@host, @run, @file, (SELECT count(*) FROM imports WHERE host = @host AND run = @run),
         @format, @captured_ms, @boot_at_ms, @zone, @modified_ms, @first_year)
       ON CONFLICT DO NOTHING`,
    )
    .run(row);
  const sha256 = saveBlob(sql, host, bytes);
  sql
    .statement(
      `INSERT INTO import_parts (host, run, file, part, line, sha256) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT DO NOTHING`,
    )
    .run(host, run, file.file, part, line, sha256);
}

/** The files that one run imported, by host, in the order in which they were read. */
export function loadImportedFiles(sql: Sql, run: number): readonly ImportedFile[] {
  const rows = sql.statement("SELECT * FROM imports WHERE run = ? ORDER BY host, place").all(run);
  return rows.map(toImportedFile);
}

/** One row of `imports` as the file it was. */
export function toImportedFile(row: SqlRow): ImportedFile {
  return fromColumns<ImportedFile>(fileColumns, row);
}
