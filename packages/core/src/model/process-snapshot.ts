import type { EpochMs, KiB } from "./units.ts";

/** One row of ps. A column that this host's ps has not is null. Names and arguments are hostile text. */
export interface Process {
  readonly pid: number;
  readonly ppid: number | null;
  readonly uid: number | null;
  readonly user: string | null;
  readonly rssKiB: KiB | null;
  readonly vszKiB: KiB | null;
  /** Start as ps printed it, local to the host: "Sun Apr 19 02:57:58 2015", "May31", "10:09"; null where ps cannot say. */
  readonly startText: string | null;
  readonly name: string;
  readonly args: string | null;
}

/** The processes of one host at one time. */
export interface ProcessSnapshot {
  /** Host clock. */
  readonly takenAtMs: EpochMs | null;
  readonly processes: readonly Process[];
}
