import type { KiB } from "../../../model/units.ts";
import { toNumber } from "./number.ts";

/** What swap space there was, KiB. */
export interface SwapLine {
  readonly totalKiB: KiB | null;
  readonly freeKiB: KiB | null;
}

// Total swap = 1999864kB
const total = /^\s{0,80}Total swap {0,8}[=:] {0,16}(\d{1,15})kB/;
// Free swap  = 0kB, and "Free swap:       2190716kB" before 2.6.25
const free = /^\s{0,80}Free swap {0,8}[=:] {0,16}(\d{1,15})kB/;

/** show_swap_cache_info(), mm/swap_state.c, and show_mem() of old architectures. */
export function parseSwap(text: string): SwapLine {
  return { totalKiB: toNumber(total.exec(text)?.[1]), freeKiB: toNumber(free.exec(text)?.[1]) };
}
