import type { KiB, ReportDetail } from "@inquest/core";
import type { Sql, SqlRow } from "./sql.ts";
import { upsertSql } from "./upsert-sql.ts";
import { compressText, decompressText } from "./zstd.ts";

interface StoredSize {
  readonly page_size_kib: KiB | null;
  readonly task_count: number;
  readonly line_count: number;
}

interface StoredReport {
  readonly page_size_kib: KiB | null;
  readonly tasks_zstd: Uint8Array;
  readonly lines_zstd: Uint8Array;
}

/** Writes reports in the order of their ids: writers that meet take their rows in one order. */
export function saveReports(sql: Sql, host: string, reports: readonly ReportDetail[]): void {
  for (const report of reports.toSorted((one, other) => (one.reportId < other.reportId ? -1 : 1))) {
    saveReport(sql, host, report);
  }
}

/** Writes a report; of two readings of one report the fuller one (more tasks and lines) is kept. */
function saveReport(sql: Sql, host: string, report: ReportDetail): void {
  const stored = sql
    .statement<StoredSize>(
      "SELECT page_size_kib, task_count, line_count FROM reports WHERE host = ? AND report_id = ?",
    )
    .get(host, report.reportId);
  const size = report.tasks.length + report.lines.length;
  if (stored !== undefined && stored.task_count + stored.line_count >= size) return;
  const row: SqlRow = {
    host,
    report_id: report.reportId,
    page_size_kib: report.pageSizeKiB ?? stored?.page_size_kib ?? null,
    task_count: report.tasks.length,
    line_count: report.lines.length,
    tasks_zstd: compressText(JSON.stringify(report.tasks)),
    lines_zstd: compressText(JSON.stringify(report.lines)),
  };
  sql.statement(upsertSql("reports", row, ["host", "report_id"])).run(row);
}

/** Gives a host a copy of a report that another container of the same kernel showed; what it has stays. */
export function copyReport(sql: Sql, from: string, to: string, reportId: string): void {
  sql
    .statement(
      `INSERT INTO reports (host, report_id, page_size_kib, task_count, line_count, tasks_zstd, lines_zstd)
       SELECT @to, report_id, page_size_kib, task_count, line_count, tasks_zstd, lines_zstd FROM reports
       WHERE host = @from AND report_id = @reportId ON CONFLICT DO NOTHING`,
    )
    .run({ from, to, reportId });
}

/** The task table and the raw lines of one report, or null. */
export function loadReport(sql: Sql, host: string, reportId: string): ReportDetail | null {
  const row = sql
    .statement<StoredReport>("SELECT * FROM reports WHERE host = ? AND report_id = ?")
    .get(host, reportId);
  if (row === undefined) return null;
  return {
    reportId,
    pageSizeKiB: row.page_size_kib,
    tasks: JSON.parse(decompressText(row.tasks_zstd)),
    lines: JSON.parse(decompressText(row.lines_zstd)),
  };
}

/** Removes reports of a host that are about to be written anew. */
export function dropReports(sql: Sql, host: string, ids: readonly string[]): void {
  const drop = sql.statement("DELETE FROM reports WHERE host = ? AND report_id = ?");
  for (const id of ids) drop.run(host, id);
}

/** Removes reports of a host that no incident names. */
export function dropUnusedReports(sql: Sql, host: string): void {
  sql
    .statement(
      `DELETE FROM reports WHERE host = @host AND report_id NOT IN
         (SELECT report_id FROM incidents WHERE host = @host AND report_id IS NOT NULL)`,
    )
    .run({ host });
}
