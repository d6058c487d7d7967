import type { KernelRecord } from "../../model/kernel-record.ts";
import { beginsAnew, canBegin } from "./begins-anew.ts";
import { classifyLine } from "./classify-line.ts";
import type { DraftReport } from "./draft-report.ts";
import { blankDraft, isOpen, isStale } from "./draft-report.ts";
import { pieceJoiner } from "./join-pieces.ts";
import { noteForeignDump, takeKill, takeLine } from "./take-line.ts";
import { rowTaker } from "./take-row.ts";

/** A log may begin in the middle of a dump; its rest is not longer than this. */
const headLessRecords = 500;
/** Reports that two CPUs print at once are mixed no wider than this. */
const awaitingLookBack = 4;

/** The reports as they were put together, and the lines of the reaper, which another task prints later. */
export interface Assembly {
  readonly drafts: readonly DraftReport[];
  readonly reaped: readonly { readonly pid: number; readonly record: KernelRecord }[];
}

/**
 * Puts the records of one printing context together, in the kernel's own order: header, dump, table, selection,
 * kill. What cannot continue the report at hand begins the next; equal stamps mean nothing.
 */
export function assembleReports(records: readonly KernelRecord[]): Assembly {
  const drafts: DraftReport[] = [];
  const reaped: { readonly pid: number; readonly record: KernelRecord }[] = [];
  const join = pieceJoiner();
  const takeRow = rowTaker(records);
  let draft: DraftReport | null = null;
  const begin = (): DraftReport => {
    const begun = blankDraft();
    drafts.push(begun);
    return begun;
  };
  for (const [place, record] of records.entries()) {
    if (draft !== null && isStale(draft, record)) draft = null;
    const isInside = draft === null ? place < headLessRecords : isOpen(draft);
    let line = classifyLine(record.text, isInside);
    let own: readonly KernelRecord[] = [record];
    if (line === null) {
      const joined = join(record, place);
      line = joined === null ? null : classifyLine(joined.text, isInside);
      own = joined?.records ?? own;
    }
    if (line === null) {
      if (record.text.startsWith("[")) draft = takeRow(draft, record, begin);
      else if (draft !== null) noteForeignDump(draft, record.text);
      continue;
    }
    if (line.kind === "reaper") {
      reaped.push({ pid: line.pid, record });
      continue;
    }
    const awaiting = line.kind === "kill" ? findAwaiting(drafts, line.kill.pid, record) : null;
    if (awaiting === null) {
      if (line.kind === "group-kill" && draft !== null) draft = splitGroup(draft, begin);
      if (draft === null || beginsAnew(draft, line, record)) {
        if (!canBegin(line)) continue;
        draft = begin();
      }
    }
    const owner: DraftReport | null = awaiting ?? draft;
    if (owner === null || !takeLine(owner, line, record)) continue;
    owner.isSpliced ||= owner.isInterrupted;
    owner.records.push(...own);
    if (line.kind === "would-have-killed") draft = null;
  }
  return { drafts, reaped };
}

/** The report that has announced the death of this task and still waits for it. */
function findAwaiting(
  drafts: readonly DraftReport[],
  pid: number | null,
  record: KernelRecord,
): DraftReport | null {
  const isAwaiting = (draft: DraftReport): boolean =>
    draft.kills.length === 0 &&
    draft.selected !== null &&
    draft.selected.pid === pid &&
    !isStale(draft, record);
  return drafts.slice(-awaitingLookBack).findLast(isAwaiting) ?? null;
}

/** A second group in one report: its first victim, printed just before, belongs to a report of its own. */
function splitGroup(draft: DraftReport, begin: () => DraftReport): DraftReport {
  const first = draft.isGroupKill && draft.kills.length > 1 ? draft.kills.pop() : undefined;
  if (first === undefined) return draft;
  const next = begin();
  takeKill(next, first);
  if (first.pid !== null) draft.victims.delete(first.pid);
  next.records.push(...draft.records.splice(draft.records.lastIndexOf(first.record)));
  return next;
}
