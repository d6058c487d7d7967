import type { Task } from "../model/oom-report.ts";
import type { Suspect } from "../model/suspect.ts";
import type { KiB, Pages } from "../model/units.ts";

/** More groups than this explain nothing to a tired reader. */
const mostSuspects = 5;

/**
 * Ranks the groups of a task table (same name, same uid) by the memory they hold together: the single largest
 * process often is not the one that ate the memory. Sums of rss count shared pages once a task: upper bounds.
 * Null where there is no table, or no page size to turn its pages into KiB.
 */
export function rankSuspects(tasks: readonly Task[], pageSizeKiB: KiB | null): readonly Suspect[] | null {
  if (pageSizeKiB === null) return null;
  const groups = new Map<string, { name: string; uid: number | null; count: number; rssPages: Pages }>();
  let allPages: Pages = 0;
  for (const { name, uid, rssPages } of tasks) {
    if (rssPages === null) continue;
    const key = `${uid ?? ""} ${name}`;
    const group = groups.get(key) ?? { name, uid, count: 0, rssPages: 0 };
    group.count += 1;
    group.rssPages += rssPages;
    allPages += rssPages;
    groups.set(key, group);
  }
  if (allPages === 0) return null;
  return [...groups.values()]
    .toSorted((a, b) => b.rssPages - a.rssPages || (a.name < b.name ? -1 : 1))
    .slice(0, mostSuspects)
    .map(({ name, uid, count, rssPages }) => ({
      name,
      uid,
      count,
      rssKiB: rssPages * pageSizeKiB,
      share: Math.round((rssPages / allPages) * 1000) / 1000,
    }));
}
