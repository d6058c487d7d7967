import type { KernelRecord } from "../../model/kernel-record.ts";
import type { OomLine } from "./classify-line.ts";
import type { DraftKill, DraftReport } from "./draft-report.ts";
import { findRepeated, isOpen } from "./draft-report.ts";
import type { CpuLine } from "./lines/cpu-line.ts";
import { findVirtual } from "./find-virtual.ts";
import { withFigures } from "./lines/show-mem.ts";

/** Takes a line into the report; false where it is not one of its own. */
export function takeLine(draft: DraftReport, line: OomLine, record: KernelRecord): boolean {
  // Figures inside or behind the table belong to another dump, and so do those behind a page allocation failure.
  const isOwnFigure = draft.tasks.length === 0 && !draft.isInterrupted;
  switch (line.kind) {
    case "header":
      draft.header = record;
      draft.trigger = line.trigger;
      draft.order = line.order;
      return true;
    case "cpu":
      return isOwnFigure && takeCpu(draft, line);
    case "memcg-limit":
      if (isOwnFigure) draft.memcgPath ??= line.path;
      return isOwnFigure;
    case "memcg-usage":
      if (!isOwnFigure) return false;
      if (draft.memcgUsages.every(({ counter }) => counter !== line.usage.counter)) {
        draft.memcgUsages.push(line.usage);
      }
      return true;
    case "mem-info":
      if (isOwnFigure) draft.memInfo = withFigures(draft.memInfo, line.memInfo);
      return isOwnFigure;
    case "detail":
      return isOwnFigure && isOpen(draft);
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
      if (draft.kills.length > 0) return true;
      draft.alreadyExiting = true;
      draft.selection ??= record;
      draft.selected ??= { pid: line.pid, name: line.name, uid: null, score: null, taskMemcg: null };
      draft.scope ??= line.scope;
      return true;
    case "panic":
      draft.endsInPanic ||= draft.kills.length === 0;
      return draft.endsInPanic && !line.isPanic;
    default:
      return false;
  }
}

/** The line names the task that asked for the page; its name is whole where a wrapped ring cut the header's. */
function takeCpu(draft: DraftReport, { name, pid, kernel }: CpuLine): boolean {
  const { trigger, header } = draft;
  if (trigger === null) return false;
  const isCutName = header?.line === 0 && name.endsWith(trigger.name);
  if (trigger.name !== name && !isCutName) return false;
  draft.trigger = { ...trigger, name, pid: trigger.pid ?? pid };
  draft.kernel ??= kernel;
  return true;
}

/** Takes a death into the report: a group kill prints its first victim twice, which is one. */
export function takeKill(draft: DraftReport, kill: DraftKill): void {
  const known = findRepeated(draft, kill, kill.record) ?? findVirtual(draft, kill);
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
