import type { KiB } from "../../../model/units.ts";
import { toNumber } from "./number.ts";

const zoneNames = ["DMA", "DMA32", "Normal", "HighMem", "Movable", "Device"] as const;
/** Zones of memory, the lowest addresses first (enum zone_type, include/linux/mmzone.h). */
export type ZoneName = (typeof zoneNames)[number];

/** The zone of a name as printed, or null. */
export function zoneNamed(word: string | undefined): ZoneName | null {
  return zoneNames.find((name) => name === word) ?? null;
}

/** What a zone had free, and its watermarks: below `min` only the kernel itself may take a page. All KiB. */
export interface Zone {
  /** NUMA node; null where the kernel names none (one node, before 2.6.32). */
  readonly node: number | null;
  readonly name: ZoneName;
  readonly freeKiB: KiB;
  readonly minKiB: KiB;
  readonly highKiB: KiB;
}

// Node 0 Normal free:44100kB boost:0kB min:44708kB low:55884kB high:67060kB reserved_highatomic:0KB …
// HighMem free:159708kB min:512kB low:1708kB high:2908kB active:33420kB …                       (2.6, one node)
const pattern =
  /^\s{0,80}(?:Node (\d{1,5}) )?(DMA|DMA32|Normal|HighMem|Movable|Device) free:(\d{1,15})kB (?:boost:\d{1,15}kB )?min:(\d{1,15})kB low:\d{1,15}kB high:(\d{1,15})kB/;

/** show_free_areas(), lib/show_mem.c: the figures of one zone; the rest of the line is left. */
export function parseZone(text: string): Zone | null {
  const [, node, word, free, min, high] = pattern.exec(text) ?? [];
  const name = zoneNamed(word);
  const [freeKiB, minKiB, highKiB] = [toNumber(free), toNumber(min), toNumber(high)];
  if (name === null || freeKiB === null || minKiB === null || highKiB === null) return null;
  return { node: toNumber(node), name, freeKiB, minKiB, highKiB };
}
