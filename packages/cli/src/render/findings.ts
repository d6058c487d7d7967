import type { EpochMs, Family, Growth, Process, VictimFate } from "@inquest/core";

/** Where a death belongs. */
export interface Company {
  /** Id of its episode, the deaths of its host around it; null: it is no death. */
  readonly episode: string | null;
  /** Ids of what recurs with it, as `inquest recurring` names it, leads too; sorted. */
  readonly recurring: readonly string[];
}

/** What is made out of an incident when somebody asks, from what else the store holds by then. */
export interface Findings extends Company {
  /** For each suspect how it grew since an earlier report of the storm; empty or null: no such report lists it. */
  readonly growths: readonly (Growth | null)[];
  /** For each suspect the login of its uid; empty or null: no ps tells. */
  readonly users: readonly (string | null)[];
  /** For each suspect whose children its tasks were; empty or null: no ps tells, or not all had one parent. */
  readonly parents: readonly (Process | null)[];
  /** The smallest family that held half of the memory; null: none did, or no ps tells. */
  readonly family: Family | null;
  /** Login and command line of the victim, and when a ps (host clock) showed it; null: none did. */
  readonly user: string | null;
  readonly args: string | null;
  readonly seenAtMs: EpochMs | null;
  /** What has become of the victim; null: no ps tells. */
  readonly fate: VictimFate | null;
  /** Tasks of its table that no ps near it shows; null: no ps, or no table. */
  readonly foreignTasks: number | null;
}

/** Of an incident of which nothing else is known. */
export const noFindings: Findings = {
  growths: [],
  users: [],
  parents: [],
  family: null,
  user: null,
  args: null,
  seenAtMs: null,
  fate: null,
  foreignTasks: null,
  episode: null,
  recurring: [],
};
