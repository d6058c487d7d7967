import type { KernelRecord } from "../../model/kernel-record.ts";
import type { Task } from "../../model/oom-report.ts";
import type { DraftReport } from "./draft-report.ts";
import { isOpen } from "./draft-report.ts";
import { guessColumns, parseTableHeader, parseTaskRow } from "./lines/task-table.ts";

// [ 9365]
const rowBeginning = /^\[ {0,8}\d{1,10}\]/;

/** Takes a row of a task table into a report and returns the report that goes on. */
export type TakeRow = (
  draft: DraftReport | null,
  record: KernelRecord,
  begin: () => DraftReport,
) => DraftReport | null;

/** Reads the rows of one log; a row without any table begins a report whose head is lost. */
export function rowTaker(records: readonly KernelRecord[]): TakeRow {
  let known: readonly string[] | null | undefined;
  /** Columns where the header is lost: those of another table of this log if they are as many, else a guess. */
  const columnsWithoutHeader = (text: string): readonly string[] | null => {
    const guess = guessColumns(text);
    if (guess === null) return null;
    if (known === undefined) known = firstColumns(records);
    return known?.length === guess.length ? known : guess;
  };
  return (draft, record, begin) => {
    const current = draft !== null && isOpen(draft) ? draft : null;
    const columns = current?.columns ?? columnsWithoutHeader(record.text);
    const row = columns === null ? null : parseTaskRow(record.text, columns);
    if (row === null || isSpoilt(row.task)) {
      if (current !== null && current.tasks.length > 0 && rowBeginning.test(record.text))
        current.spoiltRows += 1;
      return draft;
    }
    const owner = current ?? begin();
    owner.isHeadless ||= owner.columns === null;
    owner.columns ??= columns;
    owner.isSpliced ||= owner.isInterrupted;
    owner.tasks.push(row.task);
    owner.records.push(record);
    return owner;
  };
}

/**
 * A digit of another record was glued to the pid: "[123033]    48 23033 …" is the row of 23033. A leader that has
 * exited leaves a pid behind that differs from its tgid, but not by a digit in front.
 */
function isSpoilt({ pid, tgid }: Task): boolean {
  return tgid !== null && tgid > 99 && pid !== tgid && String(pid).slice(1) === String(tgid);
}

function firstColumns(records: readonly KernelRecord[]): readonly string[] | null {
  for (const { text } of records) {
    const header = text.startsWith("[") ? parseTableHeader(text) : null;
    if (header !== null) return header.columns;
  }
  return null;
}
