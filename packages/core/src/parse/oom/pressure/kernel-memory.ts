import type { Pressure } from "../../../model/oom-report.ts";
import type { KiB } from "../../../model/units.ts";
import { pagesToKiB } from "../../../model/units.ts";
import type { Circumstances } from "./circumstances.ts";

/** The kernel itself holds this share of RAM: then no process is to blame. */
const dominatingShare = 0.5;
const kiBPerGiB = 1024 * 1024;

/** Slab that cannot be reclaimed, or page tables, fill half of the RAM: killing processes frees little. */
export function kernelMemoryOf({ memInfo, pageSizeKiB }: Circumstances): Pressure | null {
  const ramKiB = pagesToKiB(memInfo.ramTotalPages, pageSizeKiB);
  if (ramKiB === null || ramKiB === 0) return null;
  const held: readonly (readonly [name: string, kiB: KiB])[] = [
    ["slab_unreclaimable", pagesToKiB(memInfo.slabUnreclaimablePages, pageSizeKiB) ?? 0],
    ["pagetables", pagesToKiB(memInfo.pagetablesPages, pageSizeKiB) ?? 0],
  ];
  const large = held.filter(([, kiB]) => kiB >= ramKiB * dominatingShare);
  if (large.length === 0) return null;
  const words = large.map(([name, kiB]) => `${name} ${kiB} KiB`).join(", ");
  return { class: "kernel-memory", evidence: `${words} of ${roundGiB(ramKiB)} GiB RAM` };
}

function roundGiB(kiB: KiB): number {
  return Math.round((kiB / kiBPerGiB) * 10) / 10;
}
