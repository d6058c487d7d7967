/**
 * The largest p that may be called a finding so that of all findings no more than the share `q` are luck
 * (Benjamini & Hochberg 1995); 0 where none may. `tests` counts everything that was looked at.
 */
export function discoveryLimit(ps: readonly number[], tests: number, q: number): number {
  let limit = 0;
  ps.toSorted((a, b) => a - b).forEach((p, at) => {
    if (p <= (q * (at + 1)) / Math.max(tests, ps.length)) limit = p;
  });
  return limit;
}
