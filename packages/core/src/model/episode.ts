import type { EpochMs } from "./units.ts";

/** Minutes since 1970-01-01 00:00 as a wall clock of the host's zone shows them: it jumps where the zone's offset changes. */
export type LocalMinutes = number;

/** One death as recurrence looks at it: its place on the host's own wall clock. */
export interface TimedDeath {
  /** Id of the incident. */
  readonly id: string;
  /** Host clock, midpoint of what is known. */
  readonly atMs: EpochMs;
  readonly localMin: LocalMinutes;
  /** Half-width of what is known, minutes. */
  readonly halfMin: number;
  /** Name of the process that died; null when nothing tells it. */
  readonly name: string | null;
}

/** Deaths of one host of which none lies more than 10 minutes after the one before. Its time is that of the first. */
export interface Episode {
  /** `e-` and 12 hex digits, from the first death: it stays while later ones join. */
  readonly id: string;
  readonly host: string;
  readonly atMs: EpochMs;
  readonly endMs: EpochMs;
  readonly localMin: LocalMinutes;
  readonly halfMin: number;
  /** In the order of their times. */
  readonly deaths: readonly TimedDeath[];
  /** The name that died most often in it, of equally frequent ones the first; null when none is known. */
  readonly name: string | null;
}
