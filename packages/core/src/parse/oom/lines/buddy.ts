import type { KiB } from "../../../model/units.ts";
import { toNumber } from "./number.ts";
import type { ZoneName } from "./zone.ts";
import { zoneNamed } from "./zone.ts";

/** The free blocks of one zone, by size. */
export interface Buddy {
  readonly node: number | null;
  readonly zone: ZoneName;
  /** The smallest block, order 0: the page size. */
  readonly pageSizeKiB: KiB;
  /** The largest free block that any request may have; 0 where there is none, null where the line is cut. */
  readonly largestFreeKiB: KiB | null;
}

// Node 0 Normal: 921*4kB (UEM) 80*8kB (UE) 0*16kB 1*32kB (H) = 4388kB                       (letters since 3.8)
const pattern =
  /^\s{0,80}(?:Node (\d{1,5}) )?(DMA|DMA32|Normal|HighMem|Movable|Device): (?=\d{1,12}\*(\d{1,3})kB)(.{0,600})/;
const block = /(\d{1,12})\*(\d{1,8})kB(?: \(([A-Z]{1,8})\))?/g;
/** Kept for atomic requests, for CMA, or isolated: show_migration_types(), lib/show_mem.c. */
const reserved = /^[HCI]+$/;

/** show_free_areas(), lib/show_mem.c: the buddy allocator's line of one zone. */
export function parseBuddy(text: string): Buddy | null {
  const [, node, word, first, rest = ""] = pattern.exec(text) ?? [];
  const zone = zoneNamed(word);
  const pageSizeKiB = toNumber(first);
  if (zone === null || pageSizeKiB === null) return null;
  let largestFreeKiB: KiB = 0;
  for (const [, count, size, letters] of rest.matchAll(block)) {
    const isFree = (toNumber(count) ?? 0) > 0 && !(letters !== undefined && reserved.test(letters));
    if (isFree) largestFreeKiB = Math.max(largestFreeKiB, toNumber(size) ?? 0);
  }
  return {
    node: toNumber(node),
    zone,
    pageSizeKiB,
    largestFreeKiB: / = \d{1,15}kB/.test(rest) ? largestFreeKiB : null,
  };
}
