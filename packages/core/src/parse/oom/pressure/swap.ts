import type { Pressure } from "../../../model/oom-report.ts";
import { ordinaryZones } from "./zones-at-hand.ts";
import type { Circumstances } from "./circumstances.ts";

/** A last few pages of swap are always left over. */
const fullShare = 0.02;

/** RAM is used up and there is no swap, or none left; not said where the zones show that pages were free. */
export function swapOf(circumstances: Circumstances): Pressure | null {
  const { swapTotalKiB, swapFreeKiB } = circumstances.memInfo;
  const zones = ordinaryZones(circumstances);
  if (zones.length > 0 && zones.every(({ freeKiB, highKiB }) => freeKiB > highKiB)) return null;
  if (swapTotalKiB === 0) return { class: "no-swap", evidence: "no swap: Total swap = 0kB" };
  if (swapTotalKiB === null || swapFreeKiB === null || swapFreeKiB > swapTotalKiB * fullShare) return null;
  return { class: "swap-full", evidence: `swap ${swapFreeKiB} of ${swapTotalKiB} KiB free` };
}
