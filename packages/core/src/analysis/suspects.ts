import type { Task } from "../model/oom-report.ts";
import type { Suspect } from "../model/suspect.ts";
import type { KiB } from "../model/units.ts";
import { addTask, allPages, heldFigures, noPages } from "./held-pages.ts";

/** More groups than this explain nothing to a tired reader. */
const mostSuspects = 5;

/**
 * Ranks the groups of a task table (same name, same uid) by the memory they hold together, in RAM and in swap: the
 * single largest process often is not the one that ate the memory. Sums of rss count shared pages once a task: upper
 * bounds. Null where there is no table; without a page size the shares are known all the same.
 */
export function rankSuspects(tasks: readonly Task[], pageSizeKiB: KiB | null): readonly Suspect[] | null {
  const groups = new Map<
    string,
    Pick<Suspect, "name" | "uid"> & { readonly held: ReturnType<typeof noPages> }
  >();
  const table = noPages();
  for (const task of tasks) {
    const { name, uid, rssPages } = task;
    if (rssPages === null) continue;
    const key = `${uid ?? ""} ${name}`;
    const group = groups.get(key) ?? { name, uid, held: noPages() };
    addTask(group.held, rssPages, task);
    addTask(table, rssPages, task);
    groups.set(key, group);
  }
  if (allPages(table) === 0) return null;
  return [...groups.values()]
    .toSorted((a, b) => allPages(b.held) - allPages(a.held) || (a.name < b.name ? -1 : 1))
    .slice(0, mostSuspects)
    .map(({ name, uid, held }) => ({ name, uid, ...heldFigures(held, pageSizeKiB, allPages(table)) }));
}

/** What somebody held in RAM and, where the table tells, in swap; null where no page size is known. */
export function heldKiB({ rssKiB, swapKiB }: Pick<Suspect, "rssKiB" | "swapKiB">): KiB | null {
  return rssKiB === null ? null : rssKiB + (swapKiB ?? 0);
}
