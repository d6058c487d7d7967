import type { Pressure } from "../../../model/oom-report.ts";
import type { Circumstances } from "./circumstances.ts";
import { fragmentationOf } from "./fragmentation.ts";
import { kernelMemoryOf } from "./kernel-memory.ts";
import { limitOf } from "./limit.ts";
import { lowZoneOf } from "./low-zone.ts";
import { manualOf } from "./manual.ts";
import { restrictedOf } from "./restricted.ts";
import { swapOf } from "./swap.ts";

/** The reasons in the order in which one excludes the next: a hand, a limit, then what the machine ran short of. */
const reasons: readonly ((circumstances: Circumstances) => Pressure | null)[] = [
  manualOf,
  limitOf,
  restrictedOf,
  kernelMemoryOf,
  fragmentationOf,
  lowZoneOf,
  swapOf,
];

/** Why memory could not be had, as far as the report tells for certain; null where it does not. */
export function pressureOf(circumstances: Circumstances): Pressure | null {
  for (const reason of reasons) {
    const pressure = reason(circumstances);
    if (pressure !== null) return pressure;
  }
  return null;
}
