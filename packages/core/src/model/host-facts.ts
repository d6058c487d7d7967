import type { ClockReading } from "./clock-reading.ts";
import type { KiB } from "./units.ts";

/** What one probe read of a host's clocks: all of a ClockReading but the collector's own two times. */
export type HostClock = Omit<ClockReading, "sentMs" | "receivedMs">;

/** What one probe read of a host beside its kernel log and its processes. Everything it did not tell is null. */
export interface HostFacts {
  readonly clock: HostClock;
  /** /proc/sys/kernel/random/boot_id, lower case; one per kernel boot, shared by containers. */
  readonly bootId: string | null;
  /** Kernel release, as `uname -r` prints it. */
  readonly kernel: string | null;
  /** Online CPUs. */
  readonly cpus: number | null;
  readonly pageSizeKiB: KiB | null;
  /** MemTotal, MemAvailable (Linux 3.14), SwapTotal and SwapFree of /proc/meminfo. */
  readonly ramTotalKiB: KiB | null;
  readonly ramAvailableKiB: KiB | null;
  readonly swapTotalKiB: KiB | null;
  readonly swapFreeKiB: KiB | null;
  /** `oom_kill` of /proc/vmstat: kills counted since boot (Linux 4.13). */
  readonly oomKillCount: number | null;
}
