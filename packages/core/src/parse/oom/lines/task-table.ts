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

// [ pid ]   uid  tgid total_vm      rss cpu oom_adj oom_score_adj name
const headerPattern = /^\[ {1,3}pid {1,3}\]\s+(uid\s[a-z_\s]{8,300}?)\s+name\s*$/;
// [ 9365]   514  9365    25502      361  10       0             0 crond
const rowPattern = /^\[ {0,8}(\d{1,10})\]\s{1,8}(.{1,400})$/su;

/** The header line of a table. */
export function parseTableHeader(text: string): TableHeaderLine | null {
  const columns = headerPattern.exec(text)?.[1]?.trim().split(/\s+/);
  return columns === undefined ? null : { kind: "table-header", columns };
}

/** Columns of a table whose header is lost, from the count of numbers in one of its rows; null when unclear. */
export function guessColumns(text: string): readonly string[] | null {
  const numbers = /^(?:-?\d{1,20}\s{1,16}){5,12}(?=\S)/.exec(rowPattern.exec(text)?.[2]?.trimStart() ?? "")?.[0];
  if (numbers === undefined) return null;
  // uid, tgid, total_vm and rss lead every layout and oom_score_adj ends all but the oldest; what lies between is unknown.
  const between = numbers.trim().split(/\s+/).length - 5;
  return ["uid", "tgid", "total_vm", "rss", ...Array.from({ length: between }, () => "unknown"), between >= 2 ? "oom_score_adj" : "unknown"];
}

/** A row, read by the columns of its header: as many numbers as it names, then the name to the end of the line. */
export function parseTaskRow(text: string, columns: readonly string[]): TaskRowLine | null {
  const found = rowPattern.exec(text);
  const pid = toPid(found?.[1]);
  if (found === null || pid === null) return null;
  const task: { -readonly [column in keyof Task]: Task[column] } = { ...blankTask, pid };
  let rest = (found[2] ?? "").trimStart();
  for (const column of columns) {
    const number = /^(-?\d{1,20})(?:\s{1,16}|$)/.exec(rest);
    if (number === null) return null;
    rest = rest.slice(number[0].length);
    const field = fields.get(column);
    if (field !== undefined) task[field] = toNumber(number[1]);
  }
  task.name = rest.trimEnd();
  return { kind: "task-row", task };
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
