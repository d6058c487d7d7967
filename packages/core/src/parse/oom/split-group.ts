import type { DraftReport } from "./draft-report.ts";
import { takeKill } from "./take-line.ts";

/** A second group in one report: its first victim, printed just before, belongs to a report of its own. */
export function splitGroup(draft: DraftReport, begin: () => DraftReport): DraftReport {
  const first = draft.isGroupKill && draft.kills.length > 1 ? draft.kills.pop() : undefined;
  if (first === undefined) return draft;
  const next = begin();
  takeKill(next, first);
  if (first.pid !== null) draft.victims.delete(first.pid);
  next.records.push(...draft.records.splice(draft.records.lastIndexOf(first.record)));
  return next;
}
