import type { KiB, Pages } from "../../../model/units.ts";
import { toNumber } from "./number.ts";

/** Figures of Mem-Info found in one record; it is one printk of many lines, or one record a line. */
export interface MemInfoLine {
  readonly kind: "mem-info";
  readonly ramTotalPages: Pages | null;
  readonly ramFreePages: Pages | null;
  readonly swapTotalKiB: KiB | null;
  readonly swapFreeKiB: KiB | null;
  readonly pageSizeKiB: KiB | null;
}

/** Node 0 Normal: 921*4kB (UEM) 80*8kB (UE) = 4372kB: the first size is the page size. */
const buddy = /(?:^|[\s:])(?:DMA|DMA32|Normal|HighMem|Movable|Device): \d{1,12}\*(\d{1,3})kB/;
/** " free:41510 slab_reclaimable:…": pages; the zone lines say "free:4372kB" and are not meant. */
const freePages = /(?:^|\s)free:(\d{1,15})(?=\s|$)/;

// Free swap  = 0kB, and "Free swap:       2190716kB" before 2.6.25
/** __show_mem(), lib/show_mem.c (show_free_areas() before 6.3). */
export function parseMemInfo(text: string): MemInfoLine | null {
  const first = (pattern: RegExp): number | null => toNumber(pattern.exec(text)?.[1]);
  const line: MemInfoLine = {
    kind: "mem-info",
    ramTotalPages: first(/(?:^|\n)[ \t]{0,80}(\d{1,15}) pages RAM/),
    ramFreePages: first(freePages),
    swapTotalKiB: first(/Total swap {0,8}[=:] {0,16}(\d{1,15})kB/),
    swapFreeKiB: first(/Free swap {0,8}[=:] {0,16}(\d{1,15})kB/),
    pageSizeKiB: first(buddy),
  };
  const { kind: _kind, ...figures } = line;
  return Object.values(figures).some((figure) => figure !== null) || text.startsWith("Mem-") ? line : null;
}
