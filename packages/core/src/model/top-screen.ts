import type { Process } from "./process-snapshot.ts";
import type { KiB, Seconds } from "./units.ts";
import type { Uptime } from "./uptime.ts";

/** The memory lines of top. What one does not say, or says in a cut number, is null. */
export interface TopMemory {
  readonly ramTotalKiB: KiB | null;
  readonly ramFreeKiB: KiB | null;
  /** `avail Mem` (procps 3.3.10, from MemAvailable). */
  readonly ramAvailableKiB: KiB | null;
  readonly swapTotalKiB: KiB | null;
  readonly swapFreeKiB: KiB | null;
}

/** One screen of top: `top -b` prints several. */
export interface TopScreen {
  /** Seconds since local midnight of the host when it was drawn; busybox does not say. */
  readonly timeOfDayS: Seconds | null;
  readonly uptime: Uptime;
  readonly memory: TopMemory;
  /** Empty where the screen shows threads (`top -H`): a thread is no process. */
  readonly processes: readonly Process[];
}
