import type { Task } from "../model/oom-report.ts";
import type { Process, ProcessSnapshot } from "../model/process-snapshot.ts";
import { byPid, commOf, rowOfTask } from "./process-identity.ts";

/**
 * How many tasks of a table no ps of the host shows, by name: pids of another namespace compare with nothing. A name
 * that one ps shows as often is all there; null where every ps is empty.
 */
export function countForeignTasks(
  tasks: readonly Pick<Task, "name">[],
  snapshots: readonly (readonly Pick<Process, "name">[])[],
): number | null {
  if (snapshots.every((processes) => processes.length === 0)) return null;
  const shown = snapshots.map(countsOf);
  let foreign = 0;
  for (const [name, count] of countsOf(tasks))
    foreign += Math.max(0, count - Math.max(...shown.map((counts) => counts.get(name) ?? 0)));
  return foreign;
}

/** How many tasks of a table a ps of the host shows under the same pid: any means that the table counts as that ps does. */
export function countSamePids(
  tasks: readonly Pick<Task, "pid" | "name" | "uid">[],
  snapshot: Pick<ProcessSnapshot, "processes">,
): number {
  const rows = byPid(snapshot);
  return tasks.filter((task) => rowOfTask(task, rows) !== null).length;
}

/** How often each name occurs. */
function countsOf(named: readonly { readonly name: string }[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { name } of named) {
    const comm = commOf(name);
    counts.set(comm, (counts.get(comm) ?? 0) + 1);
  }
  return counts;
}
