import { readFileSync } from "node:fs";

/**
 * Peak resident memory of this process, KiB. VmHWM and not ru_maxrss, which also counts what the process held that
 * started this one (fs/exec.c, exec_mmap). Linux only.
 *
 * @returns {number}
 */
export function peakMemoryKiB() {
  return Number(/^VmHWM:\s*(\d+) kB$/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1]);
}
