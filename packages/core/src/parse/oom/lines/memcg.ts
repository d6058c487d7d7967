import type { KiB } from "../../../model/units.ts";
import { toNumber } from "./number.ts";

const counters = ["memory", "memory+swap", "swap", "kmem"] as const;
/** What a memory cgroup counts: its memory, memory and swap together (v1), swap alone (v2), kernel memory (v1). */
type MemcgCounter = (typeof counters)[number];

/** One counter of a memory cgroup, KiB. */
export interface MemcgUsage {
  readonly counter: MemcgCounter;
  readonly usageKiB: KiB | null;
  /** Null: no limit. */
  readonly limitKiB: KiB | null;
}

/** The memory cgroup block, which stands in place of Mem-Info when a cgroup's limit was hit. */
export type MemcgLine =
  | { readonly kind: "memcg-limit"; readonly path: string }
  | { readonly kind: "memcg-usage"; readonly usage: MemcgUsage };

// Task in /a killed as a result of limit of /b           first the victim's cgroup, then the one whose limit was hit
const limit = /^Task in .{1,4096} killed as a result of limit of (\/.{0,4096})/su;
// memory: usage 8388608kB, limit 8388608kB, failcnt 402318
// memory+swap: usage 8388608kB, limit 9007199254740988kB, failcnt 0
const usage = /^(memory|memory\+swap|swap|kmem): usage (\d{1,20})kB, limit (\d{1,20})kB, failcnt \d/;
/** "No limit" is PAGE_COUNTER_MAX: 9007199254740988 kB with 4 KiB pages, more with larger ones. */
const unlimitedKiB = 9_000_000_000_000_000;

/** mem_cgroup_print_oom_info() and mem_cgroup_print_oom_meminfo(), mm/memcontrol.c, since 2.6.30. */
export function parseMemcg(text: string): MemcgLine | null {
  const path = limit.exec(text)?.[1]?.trimEnd();
  if (path !== undefined) return { kind: "memcg-limit", path };
  const [, word, used, most] = usage.exec(text) ?? [];
  const counter = counters.find((name) => name === word);
  if (counter === undefined) return null;
  const limitKiB = toNumber(most);
  return {
    kind: "memcg-usage",
    usage: {
      counter,
      usageKiB: toNumber(used),
      limitKiB: limitKiB !== null && limitKiB < unlimitedKiB ? limitKiB : null,
    },
  };
}
