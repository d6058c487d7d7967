import type { EpochMs, HostState, Seconds } from "@inquest/core";

/** A hole between two readings of one host's kernel log. */
export interface LogGap {
  /** Null: the store does not tell when the reading before ended. */
  readonly fromMs: EpochMs | null;
  readonly toMs: EpochMs | null;
  /** Records proven lost; null where nothing proves a number. */
  readonly lost: number | null;
  readonly kind: "lost" | "possible-gap";
}

/** One host over all its visits, as lists and files show it. Kills are null where nobody can count them. */
export interface HostRow {
  readonly host: string;
  readonly address: string | null;
  readonly groups: readonly string[];
  /** Of the latest visit; null: it was never visited, saved logs tell of it. */
  readonly state: HostState | null;
  readonly reason: string | null;
  readonly lastOkMs: EpochMs | null;
  readonly bootAtMs: EpochMs | null;
  readonly boots: number;
  readonly logFromMs: EpochMs | null;
  readonly gaps: readonly LogGap[];
  readonly clockDiffS: Seconds | null;
  readonly kills24h: number | null;
  readonly kills7d: number | null;
  readonly kills30d: number | null;
}
