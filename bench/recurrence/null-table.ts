import { findPulse } from "../../packages/core/src/analysis/recurrence/scan.ts";
import { random } from "./random.ts";

/**
 * Prints the table of packages/core/src/analysis/recurrence/null-table.ts: what the scan scores where times are
 * uniform over 90 days. For each number of episodes, −ln of the score at each of the chances in `chances`.
 */
const chances = [0.5, 0.3, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.001, 0.0001];
const sizes = [3, 4, 5, 6, 8, 10, 13, 17, 22, 30, 45, 70, 120];
const spanMin = 90 * 1440;
const next = random(20_150_422);

const asked = process.argv.slice(2).map(Number);
for (const n of asked.length > 0 ? asked : sizes) {
  const rounds = n <= 10 ? 1_000_000 : 300_000;
  const scores = Array.from({ length: rounds }, () => {
    const episodes = Array.from({ length: n }, () => ({ localMin: next() * spanMin, halfMin: 0 }));
    return -Math.log(findPulse(episodes)?.score ?? 1);
  }).toSorted((a, b) => b - a);
  const row = chances.map((chance) => reachedBy(scores, Math.floor(chance * rounds)).toFixed(2));
  process.stdout.write(`  [${n}, [${row.join(", ")}]],\n`);
}

/** The least score that no more than `most` of them reach: few episodes have few scores, each met often. */
function reachedBy(scores: readonly number[], most: number): number {
  const beyond = scores[most] ?? 0;
  return scores.slice(0, most).findLast((score) => score > beyond) ?? beyond;
}
