import type { KiB } from "../../model/units.ts";
import { numberIn } from "./proc-files.ts";

/** The figures of /proc/meminfo that a visit keeps. */
export interface Meminfo {
  readonly ramTotalKiB: KiB | null;
  readonly ramAvailableKiB: KiB | null;
  readonly swapTotalKiB: KiB | null;
  readonly swapFreeKiB: KiB | null;
}

/**
 * Lines of /proc/meminfo (meminfo_proc_show, fs/proc/meminfo.c), which says kB and means KiB.
 * MemAvailable is null before Linux 3.14 and never estimated. `MemTotal:       24684096 kB`
 */
export function parseMeminfo(lines: readonly string[] | undefined): Meminfo {
  return {
    ramTotalKiB: numberIn(lines, /^MemTotal:\s+(\d+) kB$/u),
    ramAvailableKiB: numberIn(lines, /^MemAvailable:\s+(\d+) kB$/u),
    swapTotalKiB: numberIn(lines, /^SwapTotal:\s+(\d+) kB$/u),
    swapFreeKiB: numberIn(lines, /^SwapFree:\s+(\d+) kB$/u),
  };
}
