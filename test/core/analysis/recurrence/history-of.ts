import type { TimedDeath } from "../../../../packages/core/src/model/episode.ts";
import type { HostHistory } from "../../../../packages/core/src/model/recurrence.ts";

/** 2026-11-02 00:00, a Monday, as local minutes. */
export const mondayMin = Date.UTC(2026, 10, 2) / 60_000;

/** A host whose deaths lie at these local minutes after mondayMin; its zone is UTC. */
export function historyOf(
  host: string,
  minutes: readonly number[],
  more: Partial<HostHistory> = {},
): HostHistory {
  return {
    host,
    groups: [],
    deaths: minutes.map((minute, at): TimedDeath => ({
      id: `k-${host}-${at}`,
      atMs: (mondayMin + minute) * 60_000,
      localMin: mondayMin + minute,
      halfMin: 0.1,
      name: "java",
    })),
    watched: [],
    jobs: [],
    ...more,
  };
}

/** Minute of a day's clock time. */
export function minuteAt(day: number, hour: number, minute: number): number {
  return day * 1440 + hour * 60 + minute;
}
