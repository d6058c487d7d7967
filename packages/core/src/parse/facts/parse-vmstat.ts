import { numberIn } from "./proc-files.ts";

/** `oom_kill 3` of /proc/vmstat: kills counted since boot (Linux 4.13); null on older kernels. */
export function parseOomKillCount(lines: readonly string[] | undefined): number | null {
  return numberIn(lines, /^oom_kill (\d+)$/u);
}
