import type { Task } from "../model/oom-report.ts";
import type { Process, ProcessSnapshot } from "../model/process-snapshot.ts";
import type { EpochMs, Millis } from "../model/units.ts";

/** TASK_COMM_LEN of the kernel, less the zero at its end: longer names are cut there, in ps not always. */
const commLength = 15;

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
/** ps works a start out from an uptime and a clock that it reads one after the other, and rounds. */
export const startJitterMs: Millis = 5000;

/**
 * When a process started, as the host's wall clock showed it, from the text of `ps -o lstart`
 * ("Sun Apr 19 02:57:58 2015"): milliseconds since 1970 as if it were UTC. Null for every other form.
 */
export function startWallMs({ startText }: Process): EpochMs | null {
  const [, month = "", day, hour, minute, second, year] =
    /^[A-Z][a-z]{2} ([A-Z][a-z]{2}) +(\d{1,2}) (\d\d):(\d\d):(\d\d) (\d{4})$/.exec(startText ?? "") ?? [];
  const at = months.indexOf(month);
  if (at === -1 || year === undefined) return null;
  return Date.UTC(Number(year), at, Number(day), Number(hour), Number(minute), Number(second));
}

/**
 * Whether a process of an earlier ps is one of a later ps: the same pid, name and start, so that a pid that was used
 * again is another one. `clockMovedMs`: by how much the host's clock was set in between, which moves every start with
 * it. A start that one of them does not tell is no difference.
 */
export function isSameProcess(before: Process, after: Process, clockMovedMs: Millis): boolean {
  if (before.pid !== after.pid || before.name !== after.name) return false;
  const [from, to] = [startWallMs(before), startWallMs(after)];
  return from === null || to === null || Math.abs(to - from - clockMovedMs) <= startJitterMs;
}

/** The processes of a snapshot by their pids. */
export function byPid({ processes }: Pick<ProcessSnapshot, "processes">): ReadonlyMap<number, Process> {
  return new Map(processes.map((row) => [row.pid, row]));
}

/** A process name as the kernel has it. */
export function commOf(name: string): string {
  return name.slice(0, commLength);
}

/** The row of a task: its pid, its name, no other uid. A pid of another namespace is somebody else; all have a pid 1. */
export function rowOfTask(
  { pid, name, uid }: Pick<Task, "pid" | "name" | "uid">,
  rows: ReadonlyMap<number, Process>,
): Process | null {
  const row = rows.get(pid);
  if (row === undefined || pid <= 1 || commOf(row.name) !== commOf(name)) return null;
  return row.uid === null || uid === null || row.uid === uid ? row : null;
}
