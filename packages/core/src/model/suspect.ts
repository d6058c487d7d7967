import type { KiB } from "./units.ts";

/** A group of tasks that held memory when the killer ran: our judgement, never the kernel's word. */
export interface Suspect {
  readonly name: string;
  readonly uid: number | null;
  readonly count: number;
  /** Summed rss: an upper bound, shared pages are counted once a task; null where no page size is known. */
  readonly rssKiB: KiB | null;
  /** Summed swap entries; null where the table has no such column, or no page size is known. */
  readonly swapKiB: KiB | null;
  /** Of what the whole table holds in RAM and swap, 0–1. */
  readonly share: number;
}
