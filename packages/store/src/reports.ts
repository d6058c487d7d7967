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

/** Writes a report; of two readings of one report the fuller one (more tasks and lines) is kept. */
export function saveReport(sql: Sql, host: string, report: ReportDetail): void {
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
