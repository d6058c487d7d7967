import type { Episode } from "../../model/episode.ts";

/** Spacings that repeat without keeping to a clock: a leak that fills up, a restart loop. */
export interface Interval {
  readonly periodMin: number;
  /** Half of the middle half of the spacings, minutes. */
  readonly spreadMin: number;
  readonly p: number;
}

const leastEpisodes = 5;
const rounds = 4000;
/** Beyond this chance spacings are no interval. */
export const mostChance = 0.002;

/** Spacings more even than chance has them: Greenwood's test against uniform times in the same span. */
export function findInterval(episodes: readonly Episode[]): Interval | null {
  if (episodes.length < leastEpisodes) return null;
  const gaps = episodes.slice(1).map(({ atMs }, at) => (atMs - (episodes[at]?.atMs ?? 0)) / 60_000);
  const sorted = gaps.toSorted((a, b) => a - b);
  const periodMin = sorted[sorted.length >> 1] ?? 0;
  const [low, high] = [sorted[sorted.length >> 2] ?? 0, sorted[(sorted.length * 3) >> 2] ?? 0];
  // An episode missed doubles one gap: gaps are judged after folding whole multiples of the middle one.
  const folded = gaps.map((gap) => gap / Math.max(1, Math.round(gap / periodMin)));
  if (folded.filter((gap, at) => gap === gaps[at]).length < 0.6 * gaps.length) return null;
  const p = greenwoodChance(gaps);
  return p > mostChance ? null : { periodMin, spreadMin: (high - low) / 2, p };
}

/** Chance that as many exponential gaps are as even, by Greenwood's sum of squares, drawn with a fixed seed. */
function greenwoodChance(gaps: readonly number[]): number {
  const m = gaps.length;
  const total = gaps.reduce((sum, gap) => sum + gap, 0);
  const statistic = gaps.reduce((sum, gap) => sum + (gap / total) ** 2, 0);
  let below = 1;
  const next = steps(m);
  for (let round = 0; round < rounds; round += 1) {
    let sum = 0;
    let squares = 0;
    for (let at = 0; at < m; at += 1) {
      const gap = -Math.log(1 - next());
      sum += gap;
      squares += gap * gap;
    }
    if (squares / (sum * sum) <= statistic) below += 1;
    if (below > mostChance * rounds + 1) return below / (round + 1);
  }
  return below / (rounds + 1);
}

/** Even numbers from a fixed seed (mulberry32): the same history gives the same answer. */
function steps(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
