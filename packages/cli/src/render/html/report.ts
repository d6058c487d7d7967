import type { EpochMs, HostHistory, KiB, Recurrence } from "@inquest/core";
import type { HostRow } from "../host-row.ts";
import type { ListedIncident } from "../incident-list.ts";
import type { IncidentTally } from "../incident-totals.ts";
import type { WeekCell } from "../week-grid.ts";

/** When an incident was, and the zone its host told; null: it told none. */
export interface Moment {
  readonly atMs: EpochMs;
  readonly zone: string | null;
}

/** A name and how often it died; hostile text. */
export interface Ranked {
  readonly name: string;
  readonly deaths: number;
  /** Of a process: hosts it died on. Of a host: names that died there. */
  readonly among: number;
  /** Null: none of its deaths has a time. */
  readonly last: Moment | null;
}

/** Who held most memory in how many reports: our judgement. */
export interface RankedSuspect {
  readonly name: string;
  readonly uid: number | null;
  readonly reports: number;
  /** The most it held in one of them, null where no page size is known, and the largest share of what all held, 0–1. */
  readonly mostKiB: KiB | null;
  readonly mostShare: number;
}

/** The most frequent of a kind, and how many there are of it altogether. */
export interface Ranking<T> {
  readonly first: readonly T[];
  readonly all: number;
}

/** The deaths of one host along its own wall clock. `watched` is cut to what was asked; empty: nobody knows. */
export type HostTimeline = Pick<HostHistory, "host" | "deaths" | "watched">;

/** All that the page tells. */
export interface Report {
  /** Collector clock. */
  readonly nowMs: EpochMs;
  /** --tz; null: each host's own zone, and `fallbackZone` for a host that told none. */
  readonly zone: string | null;
  readonly fallbackZone: string;
  /** The filters as they were typed: `--process java`. */
  readonly filters: readonly string[];
  readonly sinceMs: EpochMs | null;
  readonly untilMs: EpochMs | null;
  /** Times of the first and the last incident; null: none has a time. */
  readonly first: Moment | null;
  readonly last: Moment | null;
  readonly tally: IncidentTally;
  /** Incidents without a time: in no chart. */
  readonly undated: number;
  /** What charts and rankings count: `kill` or, where other kinds were asked for, `death`. */
  readonly noun: "kill" | "death";
  readonly recurrences: readonly Recurrence[];
  readonly week: readonly WeekCell[];
  /** Hosts with a death that has a time; most deaths first. */
  readonly timelines: readonly HostTimeline[];
  readonly processes: Ranking<Ranked>;
  readonly hosts: Ranking<Ranked>;
  readonly suspects: Ranking<RankedSuspect>;
  /** The latest incidents, newest first; those without a time at the end. */
  readonly incidents: readonly ListedIncident[];
  /** Every host that was asked about, how it is covered. */
  readonly coverage: readonly HostRow[];
}
