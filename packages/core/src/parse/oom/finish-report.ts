import type { MemoryState, OomReport, ReportGrade } from "../../model/oom-report.ts";
import type { KiB } from "../../model/units.ts";
import { pagesToKiB } from "../../model/units.ts";
import type { DraftReport } from "./draft-report.ts";
import type { LostBetween } from "./lost-between.ts";

/** Page sizes that Linux is built with. */
const pageSizesKiB: readonly KiB[] = [4, 8, 16, 32, 64, 256];

/** So many victims are compared with their rows; one is enough. */
const decidingKills = 8;

/** Turns a draft into the report, graded, with what is missing said in words; null when it tells of no kill at all. */
export function finishReport(draft: DraftReport, lostBetween: LostBetween): OomReport | null {
  const { header, selection, kills, selected } = draft;
  if (draft.wouldHaveKilled || (header === null && selection === null && kills.length === 0)) return null;
  const gaps = gapsOf(draft, lostBetween);
  const pageSizeKiB = draft.pageSizeKiB ?? pageSizeFromVictim(draft);
  return {
    trigger: draft.trigger,
    kernel: draft.kernel,
    constraint: draft.constraint,
    scope: scopeOf(draft),
    memcg:
      draft.memcgPath === null && draft.memcgUsage === null
        ? null
        : { path: draft.memcgPath, usageKiB: null, limitKiB: null, ...draft.memcgUsage },
    memory: memoryOf(draft, pageSizeKiB),
    pageSizeKiB,
    tasks: draft.tasks,
    selected,
    kills,
    reapedPids: [...draft.reapedPids],
    grade: gradeOf(draft, gaps),
    gaps,
    records: draft.records,
    header,
    selection,
  };
}

/** The most particular word wins: a cgroup or cpuset named by the summary, then the prefixes. */
function scopeOf({ scope, kills, memcgPath, memcgUsage }: DraftReport): OomReport["scope"] {
  if (scope !== null && scope !== "system") return scope;
  const fromKill = kills[0]?.scope ?? null;
  if (fromKill !== null && fromKill !== "system") return fromKill;
  if (memcgPath !== null || memcgUsage !== null) return "memcg";
  return scope ?? fromKill;
}

function hasMemory({
  ramTotalPages,
  ramFreePages,
  swapTotalKiB,
  swapFreeKiB,
  memcgUsage,
}: DraftReport): boolean {
  return [ramTotalPages, ramFreePages, swapTotalKiB, swapFreeKiB, memcgUsage].some(
    (figure) => figure !== null,
  );
}

function memoryOf(draft: DraftReport, pageSizeKiB: KiB | null): MemoryState | null {
  const state: MemoryState = {
    ramTotalKiB: pagesToKiB(draft.ramTotalPages, pageSizeKiB),
    ramFreeKiB: pagesToKiB(draft.ramFreePages, pageSizeKiB),
    swapTotalKiB: draft.swapTotalKiB,
    swapFreeKiB: draft.swapFreeKiB,
  };
  return Object.values(state).every((figure) => figure === null) ? null : state;
}

/** The victim's table row counts pages, its kill line KiB: their ratio is the page size, where it is one. */
function pageSizeFromVictim({ kills, tasks }: DraftReport): KiB | null {
  for (const { pid, totalVmKiB } of kills.slice(0, decidingKills)) {
    const pages = (pid === null ? undefined : tasks.find((task) => task.pid === pid))?.totalVmPages ?? null;
    if (pages === null || pages === 0 || totalVmKiB === null) continue;
    const ratio = totalVmKiB / pages;
    // The victim may map a little between the two lines, never another page size's worth.
    const size = pageSizesKiB.find((candidate) => Math.abs(ratio / candidate - 1) < 0.1);
    if (size !== undefined) return size;
  }
  return null;
}

function gradeOf(draft: DraftReport, gaps: readonly string[]): ReportGrade {
  const { header, tasks, kills, isSpliced } = draft;
  const hasTable = tasks.length > 0;
  if (isSpliced) return "spliced";
  if (kills.length === 0) return header !== null || hasTable ? "tail-lost" : "selection-only";
  if (!hasTable) return "kill-line";
  if (!hasMemory(draft)) return "kill-line-and-table";
  if (header === null) return "head-lost";
  return gaps.length > 0 ? "kill-line-and-table" : "complete";
}

/** What the kernel would have printed and we have not: only where a dump was printed at all (it is rate-limited). */
function gapsOf(draft: DraftReport, lostBetween: LostBetween): readonly string[] {
  const { header, tasks, kills, selection, isHeadless, isSpliced, alreadyExiting } = draft;
  const hasDump = header !== null || tasks.length > 0;
  const gaps: readonly (readonly [boolean, string])[] = [
    [hasDump && header === null, "header is missing"],
    [hasDump && !hasMemory(draft), "Mem-Info is missing"],
    [header !== null && tasks.length === 0, "task table is missing"],
    [isHeadless, "head of the task table is missing"],
    [isSpliced, "another dump stands inside the report"],
    [hasHole(draft, lostBetween), "records of the log are lost inside the report"],
    [hasDump && selection === null && kills[0]?.scope === null, "selection line is missing"],
    [kills.length === 0, alreadyExiting ? "the selected task was already exiting" : "death line is missing"],
    [kills.some(({ name }) => name === null), "kill line is cut"],
  ];
  return gaps.filter(([isMissing]) => isMissing).map(([, words]) => words);
}

function hasHole({ records, kills, reapedPids }: DraftReport, lostBetween: LostBetween): boolean {
  // The lines of the reaper come last and late: what is lost before them is not the report's.
  const [first, last] = [records[0], kills.at(-1)?.record ?? records.at(-1 - reapedPids.size)];
  return first !== undefined && last !== undefined && lostBetween(first, last) > 0;
}
