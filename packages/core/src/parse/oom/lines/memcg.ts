import type { KiB } from "../../../model/units.ts";
import { toNumber } from "./number.ts";

/** The memory cgroup block, which stands in place of Mem-Info when a cgroup's limit was hit. */
export type MemcgLine =
  | { readonly kind: "memcg-limit"; readonly path: string }
  | { readonly kind: "memcg-usage"; readonly usageKiB: KiB | null; readonly limitKiB: KiB | null };

// Task in /a killed as a result of limit of /b           first the victim's cgroup, then the one whose limit was hit
const limit = /^Task in .{1,4096} killed as a result of limit of (\/.{0,4096})/su;
// memory: usage 8388608kB, limit 8388608kB, failcnt 402318
const usage = /^memory: usage (\d{1,20})kB, limit (\d{1,20})kB, failcnt \d/;
/** "No limit" is PAGE_COUNTER_MAX: 9007199254740988 kB with 4 KiB pages, more with larger ones. */
const unlimitedKiB = 9_000_000_000_000_000;

/** mem_cgroup_print_oom_info() and mem_cgroup_print_oom_meminfo(), mm/memcontrol.c, since 2.6.30. */
export function parseMemcg(text: string): MemcgLine | null {
  const path = limit.exec(text)?.[1]?.trimEnd();
  if (path !== undefined) return { kind: "memcg-limit", path };
  const found = usage.exec(text);
  if (found === null) return null;
  const limitKiB = toNumber(found[2]);
  return {
    kind: "memcg-usage",
    usageKiB: toNumber(found[1]),
    limitKiB: limitKiB !== null && limitKiB < unlimitedKiB ? limitKiB : null,
  };
}
