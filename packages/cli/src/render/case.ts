import type {
  EpochMs,
  Family,
  Growth,
  Herd,
  Incident,
  KiB,
  Process,
  PsHolder,
  Recurrence,
  Storm,
  Task,
  VictimFate,
} from "@inquest/core";
import type { FiguresAround } from "@inquest/store";

/** The report that lists most tasks. */
export interface CaseReport {
  readonly incident: Incident;
  readonly pageSizeKiB: KiB | null;
  readonly herd: Herd | null;
  readonly tasks: readonly Task[];
}

/** The ps or top nearest to a storm. */
export interface CaseSnapshot {
  /** Host clock. */
  readonly takenAtMs: EpochMs | null;
  readonly processes: readonly Process[];
  /** Tasks of the report that it does not show, by name; null: no table. */
  readonly foreign: number | null;
  /** Tasks of the report that it shows under the same pid: then both look from one host. */
  readonly samePids: number;
  /** How many processes of the herd's name it shows; null: no herd. */
  readonly herdCount: number | null;
}

/** Everything that may tell why something died on a host. */
export interface Case {
  readonly host: string;
  /** The deaths asked about. */
  readonly deaths: readonly Incident[];
  /** The latest storm that one of them is in, and the last of them in it. */
  readonly storm: Storm;
  readonly subject: Incident;
  /** The deaths of the storm that may have been for the want of the same memory as the subject's, that among them. */
  readonly alike: readonly Incident[];
  /** The other storms that one of them is in. */
  readonly others: readonly Storm[];
  /** What has become of the subject; null: no ps tells. */
  readonly fate: VictimFate | null;
  /** Who grew most between the reports of those alike. */
  readonly growth: Growth | null;
  /** How the first suspect of the subject's report grew since the ps before it. */
  readonly sincePs: Growth | null;
  /** Where no report of the storm lists tasks, who held most by the ps before; null: no ps tells. */
  readonly byPs: PsHolder | null;
  readonly report: CaseReport | null;
  /** The family that held half of the memory by that report; null: none did, or no ps tells. */
  readonly family: Family | null;
  readonly snapshot: CaseSnapshot | null;
  /** How the host was at the visits around the first death; null: it was not read, or nothing dates the storm. */
  readonly figures: FiguresAround;
  readonly alerts: readonly Incident[];
  /** A reboot within an hour of the storm. */
  readonly reboot: Incident | null;
  /** What recurs on the host. */
  readonly recurrences: readonly Recurrence[];
}

/** A stretch of time in which the log of a host was not read; null: open, or nobody knows. */
export interface NotCovered {
  readonly fromMs: EpochMs | null;
  readonly toMs: EpochMs | null;
  readonly reason: string;
}
