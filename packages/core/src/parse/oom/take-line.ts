import type { KernelRecord } from "../../model/kernel-record.ts";
import type { OomLine } from "./classify-line.ts";
import type { DraftKill, DraftReport } from "./draft-report.ts";
import { findRepeated, isOpen } from "./draft-report.ts";

/** Takes a line into the report; false where it is not one of its own. */
export function takeLine(draft: DraftReport, line: OomLine, record: KernelRecord): boolean {
  // Figures inside or behind the table belong to another dump, and so do those behind a page allocation failure.
  const isOwnFigure = draft.tasks.length === 0 && !draft.isInterrupted;
  switch (line.kind) {
    case "header":
      draft.header = record;
      draft.trigger = line.trigger;
      return true;
    case "cpu":
      if (draft.trigger === null || draft.trigger.name !== line.name || !isOwnFigure) return false;
      draft.trigger = { ...draft.trigger, pid: draft.trigger.pid ?? line.pid };
      draft.kernel ??= line.kernel;
      return true;
    case "memcg-limit":
      if (isOwnFigure) draft.memcgPath ??= line.path;
      return isOwnFigure;
    case "memcg-usage":
      if (isOwnFigure) draft.memcgUsage ??= { usageKiB: line.usageKiB, limitKiB: line.limitKiB };
      return isOwnFigure;
    case "mem-info":
      if (!isOwnFigure) return false;
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
      draft.selection ??= record;
      draft.selected = {
        ...line.selected,
        uid: draft.selected?.uid ?? null,
        taskMemcg: draft.selected?.taskMemcg ?? null,
      };
      draft.scope ??= line.scope;
      return true;
    case "constraint":
      draft.selection ??= record;
      draft.selected = { ...line.selected, score: draft.selected?.score ?? null };
      draft.scope = line.scope;
      draft.constraint = line.constraint;
      draft.memcgPath = line.oomMemcg ?? draft.memcgPath;
      return true;
    case "kill":
    case "sharing":
      takeKill(draft, { ...line.kill, record, repeats: [] });
      return true;
    case "group-kill":
      draft.isGroupKill = true;
      return true;
    case "would-have-killed":
      draft.wouldHaveKilled ||= draft.kills.length === 0;
      return draft.wouldHaveKilled;
    case "already-exiting":
      draft.alreadyExiting ||= draft.selected?.pid === line.pid && draft.kills.length === 0;
      return draft.alreadyExiting;
    default:
      return false;
  }
}

/** Takes a death into the report: a group kill prints its first victim twice, which is one. */
export function takeKill(draft: DraftReport, kill: DraftKill): void {
  const known = findRepeated(draft, kill, kill.record);
  if (known !== null) {
    known.repeats.push(kill.record);
    return;
  }
  draft.kills.push(kill);
  if (kill.pid !== null) draft.victims.set(kill.pid, kill);
}

/** A page that could not be had elsewhere is dumped much like an OOM report (warn_alloc(), mm/page_alloc.c). */
export function noteForeignDump(draft: DraftReport, text: string): void {
  if (isOpen(draft) && /page allocation (?:failure|stall)/.test(text)) draft.isInterrupted = true;
}
