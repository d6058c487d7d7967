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
  // A log ends with a line feed, not with one more empty line.
  const rawLines = text.replace(/\n$/u, "").split("\n");
  const places = new Map(log.records.map(({ line }, place) => [line, place]));
  // A record ends where the next one begins; two records glued together share their line.
  const endOf = (line: number): number => log.records[(places.get(line) ?? -1) + 1]?.line ?? rawLines.length;
  return reports.map((report) => ({
    reportId: reportIdOf(report, scene),
    pageSizeKiB: report.pageSizeKiB ?? scene.pageSizeKiB,
    tasks: report.tasks,
    lines: [...new Set(report.records.map(({ line }) => line))].flatMap((line) =>
      rawLines.slice(line, endOf(line)),
    ),
  }));
}
