/** Chances of the columns of `scores`. */
const chances = [0.5, 0.3, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005];

/** −ln of the scan's score that uniform times reach with these chances, by number of episodes (bench/recurrence/null-table.ts). */
const scores: readonly (readonly [episodes: number, row: readonly number[]])[] = [
  [3, [0.22, 1.55, 2.56, 3.52, 5.31, 6.93, 7.54, 8.76]],
  [4, [1.4, 2.73, 3.98, 5.12, 6.2, 7.4, 8.84, 10.13]],
  [5, [1.96, 3.48, 4.28, 5.33, 6.52, 7.87, 9.06, 10.07]],
  [6, [2.76, 3.71, 4.69, 5.86, 7.04, 8.5, 9.44, 10.15]],
  [8, [3.74, 4.67, 4.89, 6.3, 7.54, 9.13, 9.96, 10.9]],
  [10, [3.94, 5.27, 5.55, 6.81, 7.9, 9.1, 10.21, 11.4]],
  [13, [4.53, 5.67, 5.98, 7.19, 8.25, 9.22, 10.9, 11.25]],
  [17, [5.04, 5.9, 6.7, 7.71, 8.34, 10.11, 10.39, 11.57]],
  [22, [5.24, 6.04, 6.95, 7.65, 9.21, 9.6, 10.88, 11.76]],
  [30, [5.73, 6.61, 7.33, 8.38, 8.64, 10.03, 11.12, 12.09]],
  [45, [6.14, 7.21, 7.41, 8.43, 8.82, 10.53, 11.36, 12.31]],
  [70, [6.47, 7.08, 7.9, 9.03, 9.19, 11.09, 11.15, 11.87]],
  [120, [7.1, 7.43, 8.05, 9.47, 9.72, 9.88, 11.24, 12.53]],
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
