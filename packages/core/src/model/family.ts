import type { Process } from "./process-snapshot.ts";
import type { KiB } from "./units.ts";

/** Tasks of one report that descend from one process: our judgement, by the ps before. */
export interface Family {
  /** Whom they descend from, as that ps showed it; the report may list it too. */
  readonly head: Process;
  /** Tasks of the report in it, and how many different names they have. */
  readonly count: number;
  readonly names: number;
  /** Summed rss: an upper bound, shared pages are counted once a task; null where no page size is known. */
  readonly rssKiB: KiB | null;
  /** Summed swap entries; null where the table has no such column, or no page size is known. */
  readonly swapKiB: KiB | null;
  /** Of what the whole table holds in RAM and swap, 0–1. */
  readonly share: number;
}
