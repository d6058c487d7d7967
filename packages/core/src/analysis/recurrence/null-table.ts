/** Chances of the columns of `scores`. */
const chances = [0.5, 0.3, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005];

/** −ln of the scan's score that uniform times reach with these chances, by number of episodes (bench/recurrence/null-table.ts). */
const scores: readonly (readonly [episodes: number, row: readonly number[]])[] = [
  [3, [0.22, 2.04, 3.02, 3.92, 5.82, 6.98, 7.54, 8.76]],
  [4, [1.82, 2.99, 4.11, 5.12, 6.2, 7.75, 8.84, 10.13]],
  [5, [2.3, 3.8, 4.44, 5.33, 6.85, 7.95, 9.11, 10.07]],
  [6, [3.16, 3.87, 4.69, 6.11, 7.04, 8.55, 9.53, 10.25]],
  [8, [3.74, 4.84, 5.18, 6.3, 7.56, 9.13, 10.2, 11.06]],
  [10, [3.98, 5.27, 5.99, 6.81, 7.9, 9.1, 10.31, 11.57]],
  [13, [4.53, 5.67, 5.98, 7.23, 8.29, 9.41, 10.96, 11.25]],
  [17, [5.11, 5.9, 6.7, 8.0, 8.43, 10.11, 10.39, 11.64]],
  [22, [5.43, 6.18, 6.96, 7.72, 9.3, 9.75, 10.9, 11.81]],
  [30, [5.73, 6.61, 7.45, 8.54, 8.86, 10.14, 11.4, 12.29]],
  [45, [6.16, 7.26, 7.41, 8.44, 8.82, 10.61, 11.36, 12.4]],
  [70, [6.53, 7.14, 7.9, 9.03, 9.19, 11.09, 11.15, 11.99]],
  [120, [7.1, 7.43, 8.11, 9.47, 9.79, 10.03, 11.31, 12.48]],
];

/**
 * The chance that `n` uniform times score as low as `score` somewhere in the search. Empirical down to 0.5 %;
 * below, it falls as the score does.
 */
export function chanceOf(score: number, n: number): number {
  const strength = -Math.log(score);
  const at = scores.findIndex(([episodes]) => episodes >= n);
  const [highN, high] = scores.at(at) ?? [n, []];
  const [lowN, low] = at > 0 ? (scores[at - 1] ?? [highN, high]) : [highN, high];
  const part = highN === lowN ? 0 : Math.log(Math.min(n, highN) / lowN) / Math.log(highN / lowN);
  const row = high.map((value, column) => {
    const other = low[column] ?? value;
    return highN === lowN ? value : other + part * (value - other);
  });
  const last = row
    .slice(-3)
    .map((value, column) => value + Math.log(chances[chances.length - 3 + column] ?? 1));
  const logSearched = last.reduce((sum, value) => sum + value, 0) / last.length;
  const tail = Math.min(1, Math.exp(logSearched - strength));
  const column = row.findIndex((value) => value >= strength);
  if (column === -1) return Math.min(tail, chances.at(-1) ?? 1);
  const [c1, s1] = [chances[column] ?? 1, row[column] ?? 0];
  const [c0, s0] = column === 0 ? [1, 0] : [chances[column - 1] ?? 1, row[column - 1] ?? 0];
  const way = s1 === s0 ? 1 : (strength - s0) / (s1 - s0);
  return Math.exp(Math.log(c0) + way * (Math.log(c1) - Math.log(c0)));
}
