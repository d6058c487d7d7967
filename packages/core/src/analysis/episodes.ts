import { createHash } from "node:crypto";
import type { Episode, TimedDeath } from "../model/episode.ts";
import type { Millis } from "../model/units.ts";

/** Deaths further apart are two episodes. */
export const episodeGapMs: Millis = 10 * 60_000;

/** Id of the episode of a host that begins with this incident. */
export function episodeIdOf(host: string, firstId: string): string {
  return `e-${createHash("sha256").update(`${host}\0${firstId}`).digest("hex").slice(0, 12)}`;
}

/** The episodes of one host, oldest first: 51 kills in 47 s are one. `gapMs`: deaths further apart are two. */
export function toEpisodes(
  host: string,
  deaths: readonly TimedDeath[],
  gapMs: Millis = episodeGapMs,
): readonly Episode[] {
  const groups: TimedDeath[][] = [];
  let lastMs = -Infinity;
  for (const death of deaths.toSorted((a, b) => a.atMs - b.atMs || (a.id < b.id ? -1 : 1))) {
    if (death.atMs - lastMs <= gapMs) groups.at(-1)?.push(death);
    else groups.push([death]);
    lastMs = death.atMs;
  }
  return groups.flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const { atMs, localMin, halfMin } = first;
    return {
      id: episodeIdOf(host, first.id),
      host,
      atMs,
      endMs: group.at(-1)?.atMs ?? atMs,
      localMin,
      halfMin,
      deaths: group,
      name: namesByCount(group)[0] ?? null,
    };
  });
}

/** Names of those who died, most frequent first, equally frequent ones in the order in which they came. */
export function namesByCount(deaths: readonly TimedDeath[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const { name } of deaths) if (name !== null) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].toSorted(([, a], [, b]) => b - a).map(([name]) => name);
}
