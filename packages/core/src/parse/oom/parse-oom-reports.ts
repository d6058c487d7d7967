import type { KernelRecord } from "../../model/kernel-record.ts";
import type { OomReport } from "../../model/oom-report.ts";
import { assembleReports } from "./assemble-reports.ts";
import { confirmDeaths } from "./confirm-deaths.ts";
import { finishReport } from "./finish-report.ts";
import { lostBetweenIn } from "./lost-between.ts";
import { ownWords } from "./own-words.ts";
import { withoutSameAgain } from "./same-again.ts";

/**
 * Every OOM report of one host's kernel log, in the order of their beginnings. Only what the kernel wrote itself
 * counts; records that name their caller are kept apart by caller, so that two CPUs printing at once do not mix.
 */
export function parseOomReports(records: readonly KernelRecord[]): readonly OomReport[] {
  const kernel = ownWords(records);
  const assemblies = [...Map.groupBy(kernel, ({ caller }) => caller).values()].map(assembleReports);
  const drafts = assemblies
    .flatMap((assembly) => assembly.drafts)
    .toSorted((one, other) => (one.records[0]?.line ?? 0) - (other.records[0]?.line ?? 0));
  const reaped = assemblies
    .flatMap((assembly) => assembly.reaped)
    .toSorted((one, other) => one.record.line - other.record.line);
  confirmDeaths(drafts, reaped);
  const lostBetween = lostBetweenIn(records);
  return withoutSameAgain(
    drafts.map((draft) => finishReport(draft, lostBetween)).filter((report) => report !== null),
  );
}
