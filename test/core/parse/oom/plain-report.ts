import type { KernelRecord } from "../../../../packages/core/src/model/kernel-record.ts";
import type { OomReport } from "../../../../packages/core/src/model/oom-report.ts";

const lineOf = (record: KernelRecord | null): number | null => record?.line ?? null;

/** A report as it stands in a fixture's JSON: each record by the number of its line, columns a table has not left out. */
export function plainReport({ header, selection, records, kills, tasks, ...figures }: OomReport): unknown {
  return {
    ...figures,
    kills: kills.map(({ record, repeats, ...kill }) => ({
      ...kill,
      line: record.line,
      ...(repeats.length > 0 && { repeatLines: repeats.map(lineOf) }),
    })),
    tasks: tasks.map((task) =>
      Object.fromEntries(Object.entries(task).filter(([, value]) => value !== null)),
    ),
    headerLine: lineOf(header),
    selectionLine: lineOf(selection),
    lines: records.map(({ line }) => line),
  };
}
