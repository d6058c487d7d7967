import type { MemoryState, OomMemcg, OomReport, ReportGrade } from "../../model/oom-report.ts";
import type { KiB } from "../../model/units.ts";
import { pagesToKiB } from "../../model/units.ts";
import type { DraftReport } from "./draft-report.ts";
import { gapsOf, hasMemory } from "./gaps-of.ts";
import type { LostBetween } from "./lost-between.ts";
import { pressureOf } from "./pressure/pressure-of.ts";
import { scopeOf } from "./scope-of.ts";

/** Page sizes that Linux is built with. */
const pageSizesKiB: readonly KiB[] = [4, 8, 16, 32, 64, 256];

/** So many victims are compared with their rows; one is enough. */
const decidingKills = 8;

/** Turns a draft into the report, graded, with what is missing said in words; null when it tells of no kill at all. */
export function finishReport(draft: DraftReport, lostBetween: LostBetween): OomReport | null {
  const { header, selection, kills, selected, memInfo } = draft;
  if (draft.wouldHaveKilled || (header === null && selection === null && kills.length === 0)) return null;
  const gaps = gapsOf(draft, lostBetween);
  const pageSizeKiB = memInfo.pageSizeKiB ?? pageSizeFromVictim(draft);
  const scope = scopeOf(draft);
  return {
    trigger: draft.trigger,
    kernel: draft.kernel,
    constraint: draft.constraint,
    scope,
    memcg: memcgOf(draft),
    memory: memoryOf(draft, pageSizeKiB),
    pressure: pressureOf({ ...draft, scope, pageSizeKiB, said: saidOf(draft) }),
    pageSizeKiB,
    tasks: draft.tasks,
    selected,
    kills,
    reapedPids: [...draft.reapedPids],
    grade: gradeOf(draft, gaps),
    gaps,
    records: inOrder(draft.records),
    header,
    selection,
  };
}

/** The kernel's words for what ran out, with which the selection or the kill line begins. */
function saidOf({ kills, selection }: DraftReport): string | null {
  for (const record of [kills[0]?.record, selection]) {
    const said = /^([A-Z][A-Za-z ]{0,60}(?: \([A-Za-z_]{1,40}\)| \d{1,20})?): /.exec(record?.text ?? "")?.[1];
    if (said !== undefined) return said;
  }
  return null;
}

function memcgOf({ memcgPath, memcgUsages }: DraftReport): OomMemcg | null {
  const usage = memcgUsages.find(({ counter }) => counter === "memory");
  if (memcgPath === null && usage === undefined) return null;
  return { path: memcgPath, usageKiB: usage?.usageKiB ?? null, limitKiB: usage?.limitKiB ?? null };
}

function memoryOf({ memInfo }: DraftReport, pageSizeKiB: KiB | null): MemoryState | null {
  const state: MemoryState = {
    ramTotalKiB: pagesToKiB(memInfo.ramTotalPages, pageSizeKiB),
    ramFreeKiB: pagesToKiB(memInfo.ramFreePages, pageSizeKiB),
    swapTotalKiB: memInfo.swapTotalKiB,
    swapFreeKiB: memInfo.swapFreeKiB,
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
  const { header, tasks, kills, isSpliced, spoiltRows } = draft;
  const hasTable = tasks.length > 0;
  if (isSpliced || spoiltRows > 0) return "spliced";
  if (kills.length === 0) return header !== null || hasTable ? "tail-lost" : "selection-only";
  if (!hasTable) return "kill-line";
  if (!hasMemory(draft)) return "kill-line-and-table";
  if (header === null) return "head-lost";
  return gaps.length > 0 ? "kill-line-and-table" : "complete";
}

/** A kill that was announced elsewhere, and the reaper's line, come in late. */
function inOrder(records: DraftReport["records"]): DraftReport["records"] {
  const isInOrder = records.every((record, at) => at === 0 || (records[at - 1]?.line ?? 0) <= record.line);
  return isInOrder ? records : records.toSorted((one, other) => one.line - other.line);
}
