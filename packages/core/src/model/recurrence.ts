import type { LocalMinutes, TimedDeath } from "./episode.ts";
import type { StartTimes } from "./schedule.ts";
import type { EpochMs } from "./units.ts";

/** A stretch of a host's wall clock, [from, to). */
export interface LocalSpan {
  readonly fromMin: LocalMinutes;
  readonly toMin: LocalMinutes;
}

/** One start of a job at a time of the day, on the wall clock that the deaths of its host are read on. */
export interface DailyJob {
  readonly host: string;
  /** Where it is written: `/etc/cron.d/backup:3`. */
  readonly source: string;
  /** As it is written there: `20 2 * * *`. */
  readonly schedule: string;
  readonly command: string;
  /** Minutes since local midnight. */
  readonly startMin: number;
  /** Days of the week on which it starts, 0 is Monday; null: every day. */
  readonly weekdays: readonly number[] | null;
  /** The days it keeps to, where they are not weekdays alone; null: `weekdays` tell them. */
  readonly dates: Omit<StartTimes, "minutes" | "hours"> | null;
  /** How often the job starts on such a day, this start included. */
  readonly startsPerDay: number;
}

/** All that recurrence knows of one host. */
export interface HostHistory {
  readonly host: string;
  readonly groups: readonly string[];
  readonly deaths: readonly TimedDeath[];
  /** When its log was covered; empty: nobody knows, and every minute counts alike. */
  readonly watched: readonly LocalSpan[];
  readonly jobs: readonly DailyJob[];
}

export type RecurrenceKind = "daily" | "weekdays" | "weekly" | "monthly" | "interval" | `every_${number}m`;

/** `possible`: a lead that luck explains too well to be called a recurrence. */
export type RecurrenceLevel = "recurring" | "possible";

/** Deaths that return at a time of the day, week or month, or at an interval. */
export interface Recurrence {
  /** `r-` and 12 hex digits, from where it was seen first. */
  readonly id: string;
  /** Sorted: the hosts that have deaths in it. */
  readonly hosts: readonly string[];
  /** The group, or process, over whose hosts it was found; null: found on one host. */
  readonly group: string | null;
  readonly kind: RecurrenceKind;
  /** Minutes; a month counts 43,200. */
  readonly periodMin: number;
  /** Minutes of the period: from local midnight, from Monday 00:00, from the 1st 00:00; modulo shorter periods. Null for `interval`. */
  readonly centerMin: number | null;
  /** Half-width that holds its episodes, minutes. */
  readonly spreadMin: number;
  /** Names that died in it, most frequent first. */
  readonly processes: readonly string[];
  /** Cycles (nights, weeks, …) with a death in it. */
  readonly seen: number;
  /** Cycles between its first and last death that were watched; null: nobody knows. */
  readonly watched: number | null;
  /** Ids of the incidents in it, by time. */
  readonly incidents: readonly string[];
  readonly firstMs: EpochMs;
  readonly lastMs: EpochMs;
  /** When its last death was on the wall clock of that host. */
  readonly lastLocalMin: LocalMinutes;
  /** Chance that luck alone brings as much anywhere in this history. */
  readonly p: number;
  readonly level: RecurrenceLevel;
  /** Jobs that start in its window on its hosts, likeliest first. */
  readonly jobs: readonly DailyJob[];
  /** How far it moves each day, minutes; null: it does not. */
  readonly driftMinPerDay: number | null;
}
