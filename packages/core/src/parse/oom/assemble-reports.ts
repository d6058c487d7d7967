import type { KernelRecord } from "../../model/kernel-record.ts";
import type { OomReport } from "../../model/oom-report.ts";
import type { OomLine } from "./classify-line.ts";
import { classifyLine } from "./classify-line.ts";
import type { DraftReport } from "./draft-report.ts";
import { blankDraft } from "./draft-report.ts";
import { finishReport } from "./finish-report.ts";
import { guessColumns, parseTaskRow } from "./lines/task-table.ts";

/** A log may begin in the middle of a dump; its rest is not longer than this. */
const headLessRecords = 500;
/** A reaper speaks up to ten seconds after the kill: by then a few more reports may have begun. */
const reaperLookBack = 32;

/**
 * Puts the records of one printing context together, in the kernel's own order: header, dump, table, selection,
 * kill. What cannot continue the report at hand begins the next; equal stamps mean nothing.
 */
export function assembleReports(records: readonly KernelRecord[]): readonly OomReport[] {
  const drafts: DraftReport[] = [];
  let draft: DraftReport | null = null;
  const begin = (): DraftReport => {
    draft = blankDraft();
    drafts.push(draft);
    return draft;
  };
  for (const [place, record] of records.entries()) {
    const { text } = record;
    const isInside = draft === null ? place < headLessRecords : isOpen(draft);
    const line = classifyLine(text, isInside);
    if (line === null) {
      if (text.startsWith("[")) draft = takeRow(draft, record, begin);
      else if (draft !== null && draft.tasks.length > 0 && isForeignDump(text)) draft.isSpliced ||= isOpen(draft);
      continue;
    }
    if (line.kind === "reaper") {
      const victim = drafts
        .slice(-reaperLookBack)
        .findLast((one) => one.selected?.pid === line.pid || one.kills.some(({ pid }) => pid === line.pid));
      victim?.reapedPids.push(line.pid);
      victim?.records.push(record);
      continue;
    }
    if (draft === null || beginsAnew(draft, line)) {
      if (!canBegin(line)) continue;
      draft = begin();
    }
    if (take(draft, line, record)) draft.records.push(record);
  }
  return drafts.map(finishReport).filter((report) => report !== null);
}

/** Lines with which a report may begin where the ones before are lost. */
function canBegin({ kind }: OomLine): boolean {
  return ["header", "selection", "constraint", "kill", "table-header", "mem-info", "memcg-limit", "memcg-usage", "already-exiting"].includes(kind);
}

/** Whether a line cannot belong to the report at hand, by the order in which the kernel prints. */
function beginsAnew(draft: DraftReport, line: OomLine): boolean {
  const isOver = draft.kills.length > 0;
  switch (line.kind) {
    case "header":
      return true;
    case "selection":
    case "constraint":
      return isOver || draft.selected !== null;
    case "kill":
      return isOver && !draft.isGroupKill && !isSameVictim(draft, line.kill.pid, line.kill.name);
    case "table-header":
    case "mem-info":
    case "memcg-limit":
    case "memcg-usage":
      return isOver || draft.selected !== null;
    case "already-exiting":
      return isOver || (draft.selected !== null && draft.selected.pid !== line.pid);
    default:
      return false;
  }
}

/** Whether more of the report's table may still come. */
function isOpen(draft: DraftReport): boolean {
  return draft.selected === null && draft.kills.length === 0;
}

/** A page that could not be had elsewhere is dumped much like an OOM report (warn_alloc, mm/page_alloc.c). */
function isForeignDump(text: string): boolean {
  return text.includes("page allocation failure") || text.includes("page allocation stall");
}

function isSameVictim(draft: DraftReport, pid: number, name: string | null): boolean {
  return draft.kills.some((kill) => kill.pid === pid && kill.name === name);
}

/** Takes a row of a task table into the report; a row without any table begins one whose head is lost. */
function takeRow(draft: DraftReport | null, record: KernelRecord, begin: () => DraftReport): DraftReport | null {
  const goesOn = draft !== null && isOpen(draft);
  const columns = goesOn && draft?.columns != null ? draft.columns : guessColumns(record.text);
  const row = columns === null ? null : parseTaskRow(record.text, columns);
  if (row === null) return draft;
  const owner = goesOn && draft !== null ? draft : begin();
  owner.isHeadless ||= owner.columns === null;
  owner.columns ??= columns;
  owner.tasks.push(row.task);
  owner.records.push(record);
  return owner;
}

/** Takes a line into the report; false where it is not one of its own. */
function take(draft: DraftReport, line: OomLine, record: KernelRecord): boolean {
  // Figures inside or behind the table belong to another dump that was spliced in.
  const isBeforeTable = draft.tasks.length === 0;
  switch (line.kind) {
    case "header":
      draft.header = record;
      draft.trigger = line.trigger;
      return true;
    case "cpu":
      if (draft.trigger === null || draft.trigger.name !== line.name || !isBeforeTable) return false;
      draft.trigger = { ...draft.trigger, pid: draft.trigger.pid ?? line.pid };
      draft.kernel ??= line.kernel;
      return true;
    case "memcg-limit":
      if (isBeforeTable) draft.memcgPath ??= line.path;
      return isBeforeTable;
    case "memcg-usage":
      if (isBeforeTable) draft.memcgUsage ??= { usageKiB: line.usageKiB, limitKiB: line.limitKiB };
      return isBeforeTable;
    case "mem-info":
      if (!isBeforeTable) return false;
      draft.ramTotalPages ??= line.ramTotalPages;
      draft.ramFreePages ??= line.ramFreePages;
      draft.swapTotalKiB ??= line.swapTotalKiB;
      draft.swapFreeKiB ??= line.swapFreeKiB;
      draft.pageSizeKiB ??= line.pageSizeKiB;
      return true;
    case "table-header":
      draft.columns = line.columns;
      return true;
    case "selection":
    case "constraint":
      draft.selection = record;
      draft.selected = line.selected;
      draft.scope = line.scope;
      if (line.kind === "constraint") {
        draft.constraint = line.constraint;
        draft.memcgPath = line.oomMemcg ?? draft.memcgPath;
      }
      return true;
    case "kill":
      if (!isSameVictim(draft, line.kill.pid, line.kill.name)) draft.kills.push({ ...line.kill, record });
      return true;
    case "group-kill":
      draft.isGroupKill = true;
      return true;
    case "would-have-killed":
      draft.wouldHaveKilled = true;
      return true;
    case "already-exiting":
      draft.alreadyExiting = true;
      return true;
    case "reaper":
      return false;
  }
}
