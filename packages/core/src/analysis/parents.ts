import type { Family } from "../model/family.ts";
import type { Incident } from "../model/incident.ts";
import type { Task } from "../model/oom-report.ts";
import type { Process, ProcessSnapshot } from "../model/process-snapshot.ts";
import type { Suspect } from "../model/suspect.ts";
import type { KiB, Pages } from "../model/units.ts";
import { addTask, allPages, heldFigures, noPages, type HeldPages } from "./held-pages.ts";
import { byPid, rowOfTask } from "./process-identity.ts";

/** Below half of the memory a family is one of many. */
const leastShare = 0.5;
/** Nobody has more ancestors; a ps is not taken at one moment, and its parents may run in a circle. */
const mostAncestors = 64;

/** A task table with the ps before it: the kernel's table tells no parents. */
export interface Kinship {
  readonly tasks: readonly Task[];
  readonly before: ProcessSnapshot;
}

/** A table with the ps before a death; null where no ps is proven to come before. */
export function kinshipOf(
  { time }: Pick<Incident, "time">,
  tasks: readonly Task[],
  before: ProcessSnapshot | null,
): Kinship | null {
  const takenAtMs = before?.takenAtMs ?? null;
  if (before === null || takenAtMs === null || time.atMs === null || takenAtMs > time.atMs) return null;
  return { tasks, before };
}

/**
 * The smallest family that held half of the memory or more: a build, a pool of workers, the jobs of a crond, whatever
 * their names and users. Null where one task alone held as much, or no family did. Everything descends from pid 1: it
 * heads no family.
 */
export function largestFamily({ tasks, before }: Kinship, pageSizeKiB: KiB | null): Family | null {
  const rows = byPid(before);
  const families = new Map<Process, HeldPages & { readonly names: Set<string> }>();
  const table = noPages();
  let largestPages: Pages = 0;
  for (const task of tasks) {
    const { rssPages } = task;
    if (rssPages === null) continue;
    addTask(table, rssPages, task);
    largestPages = Math.max(largestPages, rssPages + (task.swapentsPages ?? 0));
    for (const head of line(rowOfTask(task, rows), rows)) {
      const family = families.get(head) ?? { ...noPages(), names: new Set() };
      addTask(family, rssPages, task);
      family.names.add(task.name);
      families.set(head, family);
    }
  }
  const least = allPages(table) * leastShare;
  const [smallest] = [...families]
    .filter(([, family]) => allPages(family) >= least)
    .toSorted(([, one], [, other]) => one.count - other.count);
  if (smallest === undefined || largestPages >= least) return null;
  const [head, family] = smallest;
  return { head, names: family.names.size, ...heldFigures(family, pageSizeKiB, allPages(table)) };
}

/** Whose children the tasks of each suspect were; null where ps shows none of them, or not all have one parent. */
export function parentsOf(
  suspects: readonly Pick<Suspect, "name" | "uid">[],
  { tasks, before }: Kinship,
): readonly (Process | null)[] {
  const rows = byPid(before);
  return suspects.map(({ name, uid }) => {
    const shown = tasks
      .filter((task) => task.name === name && task.uid === uid)
      .flatMap((task) => rowOfTask(task, rows) ?? []);
    const [parent, ...others] = new Set(shown.map((row) => parentOf(row, rows)));
    return others.length > 0 ? null : (parent ?? null);
  });
}

/** A process and those that it descends from. */
function line(row: Process | null, rows: ReadonlyMap<number, Process>): ReadonlySet<Process> {
  const known = new Set<Process>();
  for (
    let one = row;
    one !== null && known.size < mostAncestors && !known.has(one);
    one = parentOf(one, rows)
  )
    known.add(one);
  return known;
}

function parentOf({ ppid }: Process, rows: ReadonlyMap<number, Process>): Process | null {
  return ppid === null || ppid <= 1 ? null : (rows.get(ppid) ?? null);
}
