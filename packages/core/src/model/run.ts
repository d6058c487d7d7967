import type { EpochMs } from "./units.ts";
import type { HostState } from "./host-result.ts";

/** One collection. Collector clock. */
export interface Run {
  readonly run: number;
  readonly label: string | null;
  readonly startedMs: EpochMs;
  /** Null: still going on, or killed before it could say so. */
  readonly finishedMs: EpochMs | null;
  /** Hosts selected; hosts without a visit are not in `states`. */
  readonly selected: number;
  readonly states: Readonly<Record<HostState, number>>;
  readonly newIncidents: number;
}
