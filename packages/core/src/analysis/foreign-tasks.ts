import type { Task } from "../model/oom-report.ts";
import type { Process } from "../model/process-snapshot.ts";

/**
 * How many tasks of a table a ps of the host does not show, by name: pids of another namespace compare with nothing.
 * A name that the ps shows as often is all there; null where the ps is empty.
 */
export function countForeignTasks(
  tasks: readonly Pick<Task, "name">[],
  processes: readonly Pick<Process, "name">[],
): number | null {
  if (processes.length === 0) return null;
  const shown = countsOf(processes);
  let foreign = 0;
  for (const [name, count] of countsOf(tasks)) foreign += Math.max(0, count - (shown.get(name) ?? 0));
  return foreign;
}

/** How often each name occurs. */
function countsOf(named: readonly { readonly name: string }[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { name } of named) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}
