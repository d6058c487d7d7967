import type { EpochMs, HostState, Seconds } from "@inquest/core";

/** A stretch of time of which records of one host's kernel log are missing, or may be. Host clock. */
export interface LogGap {
  /** When the reading before ended; null: the store does not tell. */
  readonly fromMs: EpochMs | null;
  /** The first record after it; null: it cannot be dated. */
  readonly toMs: EpochMs | null;
  /** Records proven lost; null where nothing proves a number. */
  readonly lost: number | null;
  /** `lost`: sequence numbers are missing; `possible-gap`: the last known record is gone; `new-boot`: what the boot before said last. */
  readonly kind: "lost" | "possible-gap" | "new-boot";
}

/** How long the ring buffer of a host holds its lines, and how often it is read. */
export interface RingPace {
  /** Hours in which as many bytes come as it holds; null: nothing tells. */
  readonly wrapsInH: number | null;
  /** Hours between two readings, on average; null: there was only one. */
  readonly everyH: number | null;
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
  /** Oldest first. */
  readonly gaps: readonly LogGap[];
  /** Since when its log was read without a gap; null: nothing dates it. */
  readonly unbrokenFromMs: EpochMs | null;
  readonly ring: RingPace;
  /** Kills that the kernel counted since its boot and no line tells of; null: it does not count, or nobody knows. */
  readonly unseenKills: number | null;
  readonly clockDiffS: Seconds | null;
  readonly kills24h: number | null;
  readonly kills7d: number | null;
  readonly kills30d: number | null;
}
