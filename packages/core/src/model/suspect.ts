import type { KiB } from "./units.ts";

/** A group of tasks that held memory when the killer ran: our judgement, never the kernel's word. */
export interface Suspect {
  readonly name: string;
  readonly uid: number | null;
  readonly count: number;
  /** Summed rss: an upper bound, shared pages are counted once a task. */
  readonly rssKiB: KiB;
  /** Of the summed rss of the whole table, 0–1. */
  readonly share: number;
}
