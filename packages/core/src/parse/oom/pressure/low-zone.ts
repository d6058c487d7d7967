import type { Pressure } from "../../../model/oom-report.ts";
import type { Zone, ZoneName } from "../lines/zone.ts";
import type { Circumstances } from "./circumstances.ts";
import { zoneLabel } from "./zones-at-hand.ts";

/** Swap that is this much free was no help and no hindrance: the zone that ran out cannot be swapped. */
const mostlyFree = 0.5;

/**
 * Only a low zone is exhausted while a higher one has pages: the kernel's own memory on 32-bit machines must lie in
 * Normal, below HighMem, and a device may ask for DMA or DMA32.
 */
export function lowZoneOf({ trigger, memInfo }: Circumstances): Pressure | null {
  const { zones, swapTotalKiB, swapFreeKiB } = memInfo;
  const has = (name: ZoneName): boolean => zones.some((zone) => zone.name === name);
  const [low, high] = boundary(trigger?.gfpFlags ?? null, has("HighMem"));
  const short = zones.filter((zone) => low.includes(zone.name));
  const plenty = zones.find((zone) => high.includes(zone.name) && zone.freeKiB > zone.highKiB);
  const worst = short.toSorted((one, other) => share(one) - share(other))[0];
  // DMA keeps a reserve of its own on every machine: it does not make Normal any less short.
  const isShort = short.filter(({ name }) => name !== "DMA" || low.length === 1).every(isBelowMin);
  if (worst === undefined || plenty === undefined || !isShort || !isBelowMin(worst)) return null;
  const isSwapFull =
    swapTotalKiB !== null &&
    swapFreeKiB !== null &&
    swapTotalKiB > 0 &&
    swapFreeKiB < swapTotalKiB * mostlyFree;
  if (isSwapFull) return null;
  const swap =
    swapTotalKiB === null || swapFreeKiB === null ? "" : `; swap ${swapFreeKiB} of ${swapTotalKiB} KiB free`;
  return {
    class: "low-zone",
    evidence: `${zoneLabel(worst)} free ${worst.freeKiB} KiB below min ${worst.minKiB} KiB while ${zoneLabel(plenty)} has ${plenty.freeKiB} KiB free${swap}`,
  };
}

/** The zones that the request had to be served from, and those that were closed to it. */
function boundary(
  gfpFlags: string | null,
  isHighMem: boolean,
): readonly [low: readonly ZoneName[], high: readonly ZoneName[]] {
  const flags = gfpFlags?.split("|") ?? [];
  if (flags.some((flag) => flag === "GFP_DMA" || flag === "__GFP_DMA")) return [["DMA"], ["DMA32", "Normal"]];
  if (flags.some((flag) => flag === "GFP_DMA32" || flag === "__GFP_DMA32")) return [["DMA32"], ["Normal"]];
  const mayUseHigh = flags.some((flag) => flag.startsWith("GFP_HIGHUSER") || flag === "__GFP_HIGHMEM");
  return isHighMem && !mayUseHigh ? [["DMA", "Normal"], ["HighMem"]] : [[], []];
}

function isBelowMin({ freeKiB, minKiB }: Zone): boolean {
  return freeKiB < minKiB;
}

function share({ freeKiB, minKiB }: Zone): number {
  return minKiB === 0 ? Infinity : freeKiB / minKiB;
}
