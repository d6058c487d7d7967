import type { OomScope } from "../../../model/oom-report.ts";

/**
 * What the prefix of a kill or selection line says had run out, or null where it has none. The prefix is the
 * `message` of oom_kill_process() (mm/oom_kill.c); "in UB" is OpenVZ's beancounter.
 */
export function scopeOfPrefix(prefix: string | undefined): OomScope | null {
  if (prefix === undefined || prefix === "") return null;
  if (/^Memory cgroup|^Out of memory in UB/i.test(prefix)) return "memcg";
  if (/MPOL_BIND/.test(prefix)) return "mempolicy";
  if (/cpuset/.test(prefix)) return "cpuset";
  return /^Out of memory/i.test(prefix) ? "system" : null;
}
