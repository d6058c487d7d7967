import type { Pages } from "../../../model/units.ts";
import { toNumber } from "./number.ts";

/** Figures of Mem-Info that the kernel counts in pages of the whole machine. */
export interface PageCounts {
  readonly ramTotal: Pages | null;
  readonly free: Pages | null;
  readonly slabUnreclaimable: Pages | null;
  readonly pagetables: Pages | null;
}

// 33554416 pages RAM                                                     ("pages of RAM" before 2.6.28 on i386)
const ram = /^\s{0,80}(\d{1,15}) pages (?:of )?RAM/;
/** A bare number, " free:41510 ": the lines of nodes and zones say "free:4372kB" and are not meant. */
const counted = (name: string): RegExp => new RegExp(String.raw`(?:^|\s)${name}:(\d{1,15})(?=\s|$)`);
// slab_reclaimable:20122 slab_unreclaimable:88120                        (since 2.6.19; before only "slab:61581")
const [free, slab, pagetables] = [counted("free"), counted("slab_unreclaimable"), counted("pagetables")];

/** show_free_areas() and __show_mem(), lib/show_mem.c (mm/page_alloc.c before 6.3): one line of the summary. */
export function parsePageCounts(text: string): PageCounts {
  const first = (pattern: RegExp): number | null => toNumber(pattern.exec(text)?.[1]);
  return {
    ramTotal: text.includes(" RAM") ? first(ram) : null,
    free: first(free),
    slabUnreclaimable: first(slab),
    pagetables: first(pagetables),
  };
}
