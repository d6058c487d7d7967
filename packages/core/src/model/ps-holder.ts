import type { EpochMs, KiB } from "./units.ts";
import type { Growth } from "./storm.ts";

/** Who held the memory by the last ps before a death whose log lists no tasks. */
export interface PsHolder {
  readonly name: string;
  readonly uid: number | null;
  readonly count: number;
  /** Summed rss: an upper bound, shared pages are counted once a process. */
  readonly rssKiB: KiB;
  /** Of the summed rss of all processes, 0–1. */
  readonly share: number;
  /** Host clock. */
  readonly takenAtMs: EpochMs;
  /** Who grew most since the ps before that one, by half at least; null: nobody, or there is none. */
  readonly grown: Growth | null;
}
