import type { KiB } from "../../model/units.ts";
import { numberIn } from "./proc-files.ts";

/** What Linux builds for; 256 KiB pages exist on ppc44x. */
const pageSizesKiB: readonly KiB[] = [4, 8, 16, 32, 64, 256];

/**
 * Page size from one process's VmSize in KiB (/proc/self/status) and the same size in pages (first field of
 * /proc/self/statm): both print mm->total_vm (fs/proc/task_mmu.c), which may grow a little between the two reads.
 * Saves the host a process, and busybox has no getconf.
 */
export function parsePageSize(
  statm: readonly string[] | undefined,
  status: readonly string[] | undefined,
): KiB | null {
  const pages = numberIn(statm, /^(\d+) /u);
  const sizeKiB = numberIn(status, /^VmSize:\s+(\d+) kB$/u);
  if (pages === null || sizeKiB === null || pages === 0) return null;
  const ratio = sizeKiB / pages;
  return pageSizesKiB.find((size) => ratio > size * 0.75 && ratio < size * 1.4) ?? null;
}

/** `getconf PAGESIZE` in bytes. */
export function toPageSizeKiB(bytes: number | null): KiB | null {
  const sizeKiB = bytes === null ? null : bytes / 1024;
  return sizeKiB !== null && pageSizesKiB.includes(sizeKiB) ? sizeKiB : null;
}
