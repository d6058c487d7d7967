import type { DraftReport } from "./draft-report.ts";
import type { LostBetween } from "./lost-between.ts";

/** Whether the state of memory was printed, of the machine or of the cgroup that was full. */
export function hasMemory({ memInfo, memcgUsages }: DraftReport): boolean {
  const { ramTotalPages, ramFreePages, swapTotalKiB, swapFreeKiB } = memInfo;
  return (
    memcgUsages.length > 0 ||
    [ramTotalPages, ramFreePages, swapTotalKiB, swapFreeKiB].some((figure) => figure !== null)
  );
}

/** What the kernel would have printed and we have not: only where a dump was printed at all (it is rate-limited). */
export function gapsOf(draft: DraftReport, lostBetween: LostBetween): readonly string[] {
  const { header, tasks, kills, selection, isHeadless, isSpliced, spoiltRows } = draft;
  const hasDump = header !== null || tasks.length > 0;
  const lost = lostInside(draft, lostBetween);
  const gaps: readonly (readonly [boolean, string])[] = [
    [hasDump && header === null, "header is missing"],
    [hasDump && !hasMemory(draft), "Mem-Info is missing"],
    [header !== null && tasks.length === 0, "task table is missing"],
    [isHeadless, "head of the task table is missing"],
    [spoiltRows > 0, `${spoiltRows} ${spoiltRows === 1 ? "row" : "rows"} of the task table cannot be read`],
    [isSpliced, "another dump stands inside the report"],
    [lost > 0, `${lost} ${lost === 1 ? "record" : "records"} of the log are lost inside the report`],
    [hasDump && selection === null && kills[0]?.scope === null, "selection line is missing"],
    [kills.length === 0, whyNobody(draft)],
    [kills.some(({ name }) => name === null), "kill line is cut"],
  ];
  return gaps.filter(([isMissing]) => isMissing).map(([, words]) => words);
}

function whyNobody({ alreadyExiting, endsInPanic }: DraftReport): string {
  if (alreadyExiting) return "the selected task was already exiting";
  return endsInPanic ? "the kernel panicked instead of killing" : "death line is missing";
}

function lostInside({ records, kills, reapedPids }: DraftReport, lostBetween: LostBetween): number {
  // The lines of the reaper come last and late: what is lost before them is not the report's.
  const [first, last] = [records[0], kills.at(-1)?.record ?? records.at(-1 - reapedPids.size)];
  return first === undefined || last === undefined ? 0 : Math.max(0, lostBetween(first, last));
}
