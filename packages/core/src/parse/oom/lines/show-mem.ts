import type { KiB, Pages } from "../../../model/units.ts";
import type { Buddy } from "./buddy.ts";
import { parseBuddy } from "./buddy.ts";
import { parsePageCounts } from "./page-counts.ts";
import { parseSwap } from "./swap.ts";
import type { Zone } from "./zone.ts";
import { parseZone } from "./zone.ts";

/** What Mem-Info says of the machine, as far as it was read. */
export interface MemInfo {
  readonly ramTotalPages: Pages | null;
  readonly ramFreePages: Pages | null;
  readonly slabUnreclaimablePages: Pages | null;
  readonly pagetablesPages: Pages | null;
  readonly swapTotalKiB: KiB | null;
  readonly swapFreeKiB: KiB | null;
  readonly pageSizeKiB: KiB | null;
  readonly zones: readonly Zone[];
  readonly buddies: readonly Buddy[];
}

/** Figures of Mem-Info found in one record; it is one printk of many lines, or one record a line. */
export interface MemInfoLine {
  readonly kind: "mem-info";
  readonly memInfo: MemInfo;
}

/** Mem-Info of which nothing is read yet. */
export const blankMemInfo: MemInfo = {
  ramTotalPages: null,
  ramFreePages: null,
  slabUnreclaimablePages: null,
  pagetablesPages: null,
  swapTotalKiB: null,
  swapFreeKiB: null,
  pageSizeKiB: null,
  zones: [],
  buddies: [],
};

/** What must stand in a line that holds a figure of ours. */
const figured =
  /free:|pagetables:|slab_unreclaimable:|\*\d{1,3}kB|[Ff]ree swap|[Tt]otal swap|pages (?:of )?RAM/;

/** __show_mem(), lib/show_mem.c (show_free_areas() before 6.3); "Mem-info:" before 2.6.25. */
export function parseMemInfo(text: string): MemInfoLine | null {
  let memInfo: MemInfo | null = /^Mem-[Ii]nfo:/.test(text) ? blankMemInfo : null;
  for (const line of text.includes("\n") ? text.split("\n") : [text]) {
    const figures = figured.test(line) ? figuresOf(line) : null;
    if (figures !== null) memInfo = withFigures(memInfo ?? blankMemInfo, figures);
  }
  return memInfo === null ? null : { kind: "mem-info", memInfo };
}

/** What is known first stays: a later dump's figures are not the report's. */
export function withFigures(known: MemInfo, further: MemInfo): MemInfo {
  return {
    ramTotalPages: known.ramTotalPages ?? further.ramTotalPages,
    ramFreePages: known.ramFreePages ?? further.ramFreePages,
    slabUnreclaimablePages: known.slabUnreclaimablePages ?? further.slabUnreclaimablePages,
    pagetablesPages: known.pagetablesPages ?? further.pagetablesPages,
    swapTotalKiB: known.swapTotalKiB ?? further.swapTotalKiB,
    swapFreeKiB: known.swapFreeKiB ?? further.swapFreeKiB,
    pageSizeKiB: known.pageSizeKiB ?? further.pageSizeKiB,
    zones: joined(known.zones, further.zones),
    buddies: joined(known.buddies, further.buddies),
  };
}

/** A machine has a few zones on each of its nodes: what comes after so many is no machine's. */
const mostZones = 1024;

function joined<T>(known: readonly T[], further: readonly T[]): readonly T[] {
  return further.length === 0 || known.length >= mostZones ? known : [...known, ...further];
}

function figuresOf(line: string): MemInfo | null {
  const zone = parseZone(line);
  if (zone !== null) return { ...blankMemInfo, zones: [zone] };
  const buddy = parseBuddy(line);
  if (buddy !== null) return { ...blankMemInfo, pageSizeKiB: buddy.pageSizeKiB, buddies: [buddy] };
  const pages = parsePageCounts(line);
  const swap = parseSwap(line);
  const isEmpty = [...Object.values(pages), ...Object.values(swap)].every((figure) => figure === null);
  return isEmpty
    ? null
    : {
        ...blankMemInfo,
        ramTotalPages: pages.ramTotal,
        ramFreePages: pages.free,
        slabUnreclaimablePages: pages.slabUnreclaimable,
        pagetablesPages: pages.pagetables,
        swapTotalKiB: swap.totalKiB,
        swapFreeKiB: swap.freeKiB,
      };
}
