import type { Pulse, ScanEpisode } from "./scan.ts";

/** Chances of the columns of `scores`. */
const chances = [0.5, 0.3, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.001, 0.0001];

/** −ln of the scan's score that uniform times reach with these chances, by number of episodes (bench/recurrence/null-table.ts). */
const scores: readonly (readonly [episodes: number, row: readonly number[]])[] = [
  [3, [0.82, 2.25, 3.02, 4.24, 6.0, 6.81, 8.08, 9.12, 11.54, 15.07]],
  [4, [1.82, 3.02, 4.12, 5.45, 6.23, 7.54, 8.76, 10.04, 11.94, 15.42]],
  [5, [2.33, 3.8, 4.49, 5.34, 6.85, 8.16, 9.23, 10.35, 12.51, 14.91]],
  [6, [3.16, 3.96, 4.73, 6.11, 7.04, 8.55, 9.59, 10.25, 12.93, 15.2]],
  [8, [3.74, 4.86, 5.18, 6.56, 7.56, 9.14, 9.86, 10.89, 12.87, 15.82]],
  [10, [3.96, 5.27, 5.93, 6.81, 8.02, 9.2, 10.31, 11.53, 12.5, 15.43]],
  [13, [4.53, 5.67, 5.98, 7.19, 8.29, 9.45, 10.9, 11.25, 13.2, 16.24]],
  [17, [5.11, 5.9, 6.7, 8.0, 8.51, 10.11, 10.42, 11.58, 13.42, 15.93]],
  [22, [5.43, 6.17, 7.0, 7.72, 9.3, 9.75, 10.91, 11.76, 13.93, 15.94]],
  [30, [5.73, 6.61, 7.33, 8.51, 8.86, 9.94, 11.13, 12.15, 13.69, 15.6]],
  [45, [6.16, 7.26, 7.41, 8.55, 9.11, 10.8, 11.36, 12.31, 13.38, 15.6]],
  [70, [6.54, 7.15, 7.9, 9.03, 9.19, 11.09, 11.15, 12.08, 13.39, 16.15]],
  [120, [7.1, 7.43, 8.11, 9.47, 9.76, 10.39, 11.24, 12.31, 13.96, 15.91]],
];

/**
 * Beyond the table a chance falls more slowly than the score: three times within w of a day score w³ and are as likely as
 * w², and more episodes come nearer to each other.
 */
const tailSlope = 2 / 3;

/** The chance that luck brings such a pulse somewhere in the search. */
export function chanceOfPulse({
  score,
  n,
  leastChance,
}: Pick<Pulse<ScanEpisode>, "score" | "n" | "leastChance">): number {
  return Math.min(1, Math.max(chanceOf(score, n), leastChance));
}

/** The chance that `n` uniform times score as low as `score` somewhere in the search: simulated down to 1 in 10,000. */
function chanceOf(score: number, n: number): number {
  const strength = -Math.log(score);
  const row = rowOf(n);
  const column = row.findIndex((value) => value >= strength);
  if (column === -1) {
    const [least, most] = [chances.at(-1) ?? 1, row.at(-1) ?? 0];
    return least * Math.exp(tailSlope * (most - strength));
  }
  const [c1, s1] = [chances[column] ?? 1, row[column] ?? 0];
  const [c0, s0] = column === 0 ? [1, 0] : [chances[column - 1] ?? 1, row[column - 1] ?? 0];
  const way = s1 === s0 ? 1 : (strength - s0) / (s1 - s0);
  return Math.exp(Math.log(c0) + way * (Math.log(c1) - Math.log(c0)));
}

/** The scores of so many episodes, between two rows by the logarithm of their numbers. */
function rowOf(n: number): readonly number[] {
  const at = scores.findIndex(([episodes]) => episodes >= n);
  const [highN, high] = scores.at(at) ?? [n, []];
  const [lowN, low] = at > 0 ? (scores[at - 1] ?? [highN, high]) : [highN, high];
  if (highN === lowN) return high;
  const part = Math.log(Math.min(n, highN) / lowN) / Math.log(highN / lowN);
  return high.map((value, column) => {
    const other = low[column] ?? value;
    return other + part * (value - other);
  });
}
