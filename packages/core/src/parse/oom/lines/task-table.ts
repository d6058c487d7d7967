import type { Task } from "../../../model/oom-report.ts";
import { toNumber, toPid } from "./number.ts";

/** The header of a task table names its columns; no kernel version decides them. */
export interface TableHeaderLine {
  readonly kind: "table-header";
  /** Between "[ pid ]" and "name", as printed: `uid`, `tgid`, `total_vm`, `rss`, … */
  readonly columns: readonly string[];
}

/** One row of a task table. */
export interface TaskRowLine {
  readonly kind: "task-row";
  readonly task: Task;
}

type TaskColumn = Exclude<keyof Task, "pid" | "name">;

/** Columns of dump_tasks() (mm/oom_kill.c) from 2.6.25 to today; one that is not here is skipped. */
const fields = new Map<string, TaskColumn>([
  ["uid", "uid"],
  ["tgid", "tgid"],
  ["total_vm", "totalVmPages"],
  ["rss", "rssPages"],
  ["rss_anon", "rssAnonPages"],
  ["rss_file", "rssFilePages"],
  ["rss_shmem", "rssShmemPages"],
  ["pgtables_bytes", "pgtablesBytes"],
  ["nr_ptes", "nrPtes"],
  ["nr_pmds", "nrPmds"],
  ["swapents", "swapentsPages"],
  ["cpu", "cpu"],
  ["oom_adj", "oomAdj"],
  ["oom_score_adj", "oomScoreAdj"],
]);

/** What follows uid, tgid, total_vm and rss, by how many columns there are. Three are ambiguous but for the last. */
const furtherColumns = new Map<number, readonly string[]>([
  [2, ["cpu", "oom_adj"]],
  [3, ["unknown", "unknown", "oom_score_adj"]],
  [4, ["nr_ptes", "nr_pmds", "swapents", "oom_score_adj"]],
  [6, ["rss_anon", "rss_file", "rss_shmem", "pgtables_bytes", "swapents", "oom_score_adj"]],
]);

// [ pid ]   uid  tgid total_vm      rss cpu oom_adj oom_score_adj name
const headerPattern = /^\[ {1,3}pid {1,3}\]\s{1,8}(uid\s[a-z_\s]{8,300})\sname\s{0,80}$/;
// [ 9365]   514  9365    25502      361  10       0             0 crond
const rowPattern = /^\[ {0,8}(\d{1,10})\][ \t]{1,8}(.{1,400})/u;

/** dump_tasks(), mm/oom_kill.c: the header line of a table. */
export function parseTableHeader(text: string): TableHeaderLine | null {
  const columns = headerPattern.exec(text)?.[1]?.trim().split(/\s+/);
  return columns === undefined ? null : { kind: "table-header", columns };
}

/** Columns of a table whose header is lost, from the count of numbers in one of its rows; null when unclear. */
export function guessColumns(text: string): readonly string[] | null {
  const numbers = /^(?:-?\d{1,20}\s{1,16}){6,12}(?=\S)/.exec(splitRow(text)?.[1] ?? "")?.[0];
  const further =
    numbers === undefined ? undefined : furtherColumns.get(numbers.trim().split(/\s+/).length - 4);
  return further === undefined ? null : ["uid", "tgid", "total_vm", "rss", ...further];
}

/** A row, read by the columns of its header: as many numbers as it names, then the name to the end of the line. */
export function parseTaskRow(text: string, columns: readonly string[]): TaskRowLine | null {
  const [pid = null, numbers = ""] = splitRow(text) ?? [];
  if (pid === null) return null;
  const task: { -readonly [column in keyof Task]: Task[column] } = { ...blankTask, pid };
  let at = 0;
  for (const column of columns) {
    const end = endOfNumber(numbers, at);
    if (end === at) return null;
    const field = fields.get(column);
    if (field !== undefined) task[field] = toNumber(numbers.slice(at, end));
    at = endOfBlanks(numbers, end);
    if (at === end && end < numbers.length) return null;
  }
  task.name = numbers.slice(at).trimEnd();
  return { kind: "task-row", task };
}

/** Numbers of a row have 20 digits at most, and blanks between them fill its columns. A table may have 100,000 rows. */
const mostDigits = 20;
const mostBlanks = 16;

/** Where the number that begins here ends; here, where none begins. */
function endOfNumber(text: string, start: number): number {
  const first = text.charCodeAt(start) === 0x2d ? start + 1 : start;
  let end = first;
  while (end - first < mostDigits && text.charCodeAt(end) >= 0x30 && text.charCodeAt(end) <= 0x39) end += 1;
  return end === first ? start : end;
}

function endOfBlanks(text: string, start: number): number {
  let end = start;
  while (end - start < mostBlanks && (text.charCodeAt(end) === 0x20 || text.charCodeAt(end) === 0x09))
    end += 1;
  return end;
}

/** Pid and the rest of a row; other lines may have been hung on it. */
function splitRow(text: string): readonly [pid: number, rest: string] | null {
  const [, digits, rest = ""] = rowPattern.exec(text) ?? [];
  const pid = toPid(digits);
  return pid === null ? null : [pid, rest];
}

const blankTask: Task = {
  pid: 0,
  uid: null,
  tgid: null,
  totalVmPages: null,
  rssPages: null,
  rssAnonPages: null,
  rssFilePages: null,
  rssShmemPages: null,
  pgtablesBytes: null,
  nrPtes: null,
  nrPmds: null,
  swapentsPages: null,
  cpu: null,
  oomAdj: null,
  oomScoreAdj: null,
  name: "",
};
