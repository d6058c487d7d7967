const logFactorials: number[] = [0];

function logFactorial(n: number): number {
  for (let at = logFactorials.length; at <= n; at += 1)
    logFactorials.push((logFactorials[at - 1] ?? 0) + Math.log(at));
  return logFactorials[n] ?? 0;
}

/** Chance that of `n` independent tries, each with chance `p`, at least `k` succeed. */
export function binomialTail(n: number, k: number, p: number): number {
  if (k <= 0) return 1;
  if (k > n || p <= 0) return 0;
  if (p >= 1) return 1;
  const odds = p / (1 - p);
  const logTerm =
    logFactorial(n) - logFactorial(k) - logFactorial(n - k) + k * Math.log(p) + (n - k) * Math.log(1 - p);
  let ratio = 1;
  let sum = 1;
  for (let at = k; at < n; at += 1) {
    ratio *= (odds * (n - at)) / (at + 1);
    sum += ratio;
    if (ratio < sum * 1e-12 && at + 1 > n * p) break;
  }
  return Math.min(1, Math.exp(logTerm) * sum);
}

/** The same where some more tries have chances of their own, `others`. */
export function mixedTail(n: number, k: number, p: number, others: readonly number[]): number {
  let spread = [1];
  for (const chance of others) {
    const next = Array.from({ length: spread.length + 1 }, () => 0);
    spread.forEach((mass, hits) => {
      next[hits] = (next[hits] ?? 0) + mass * (1 - chance);
      next[hits + 1] = (next[hits + 1] ?? 0) + mass * chance;
    });
    spread = next;
  }
  return Math.min(
    1,
    spread.reduce((sum, mass, hits) => sum + mass * binomialTail(n, k - hits, p), 0),
  );
}
