import type { Task } from "../model/oom-report.ts";
import type { Suspect } from "../model/suspect.ts";
import { pagesToKiB } from "../model/units.ts";
import type { KiB, Pages } from "../model/units.ts";

/** What some tasks of a table hold together. */
export interface HeldPages {
  count: number;
  rssPages: Pages;
  /** Null where the table has no column of it. */
  swapPages: Pages | null;
}

/** No task yet. */
export function noPages(): HeldPages {
  return { count: 0, rssPages: 0, swapPages: 0 };
}

/** Adds a task that tells its rss. */
export function addTask(held: HeldPages, rssPages: Pages, { swapentsPages }: Task): void {
  held.count += 1;
  held.rssPages += rssPages;
  held.swapPages = held.swapPages === null || swapentsPages === null ? null : held.swapPages + swapentsPages;
}

/** In RAM and, where the table tells, in swap. */
export function allPages({ rssPages, swapPages }: HeldPages): Pages {
  return rssPages + (swapPages ?? 0);
}

/** The same in KiB, null without a page size, with the share of `ofPages`, rounded to a thousandth. */
export function heldFigures(
  held: HeldPages,
  pageSizeKiB: KiB | null,
  ofPages: Pages,
): Pick<Suspect, "count" | "rssKiB" | "swapKiB" | "share"> {
  return {
    count: held.count,
    rssKiB: pagesToKiB(held.rssPages, pageSizeKiB),
    swapKiB: pagesToKiB(held.swapPages, pageSizeKiB),
    share: Math.round((allPages(held) / ofPages) * 1000) / 1000,
  };
}
