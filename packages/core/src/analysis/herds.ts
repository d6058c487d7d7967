import type { Task } from "../model/oom-report.ts";
import type { Herd } from "../model/storm.ts";

/** Fewer are a pool of workers. */
const leastTasks = 20;
/** Of all tasks: below it the crowd is somewhere else. */
const leastShare = 0.2;

/**
 * The largest crowd of one name in a task table, whoever runs it, or null: 129 crond are the starters of as many jobs,
 * each small, and no ranking by memory shows them.
 */
export function largestHerd(tasks: readonly Pick<Task, "name" | "uid">[]): Herd | null {
  const byName = Map.groupBy(tasks, ({ name }) => name);
  let best: Herd | null = null;
  for (const [name, members] of byName) {
    if (members.length < leastTasks || members.length < tasks.length * leastShare) continue;
    if (best !== null && best.count >= members.length) continue;
    const uids = new Set(members.map(({ uid }) => uid)).size;
    best = { name, count: members.length, uids, of: tasks.length };
  }
  return best;
}
