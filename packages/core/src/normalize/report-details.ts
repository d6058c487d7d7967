import type { KernelLog } from "../model/kernel-record.ts";
import type { OomReport } from "../model/oom-report.ts";
import type { ReportDetail } from "../model/visit.ts";
import type { Scene } from "./sightings-of.ts";
import { reportIdOf } from "./sightings-of.ts";

/** Task tables and raw lines of the reports of one log. `text` is the log they were parsed from. */
export function reportDetailsOf(
  reports: readonly OomReport[],
  scene: Scene,
  log: KernelLog,
  text: string,
): readonly ReportDetail[] {
  if (reports.length === 0) return [];
  const rawLines = text.split("\n");
  const ends = new Map(log.records.map((record, place) => [record, log.records[place + 1]?.line ?? rawLines.length]));
  return reports.map((report) => ({
    reportId: reportIdOf(report, scene),
    pageSizeKiB: report.pageSizeKiB ?? scene.pageSizeKiB,
    tasks: report.tasks,
    // A record ends where the next one begins; two records glued together share their line.
    lines: [...new Set(report.records.flatMap((record) => range(record.line, Math.max(record.line + 1, ends.get(record) ?? 0))))]
      .map((line) => rawLines[line] ?? "")
      .filter((line) => line !== ""),
  }));
}

function range(from: number, to: number): readonly number[] {
  return Array.from({ length: to - from }, (_, at) => from + at);
}
