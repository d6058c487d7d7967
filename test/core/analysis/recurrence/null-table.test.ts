import { expect, test } from "vitest";
import { chanceOf } from "../../../../packages/core/src/analysis/recurrence/null-table.ts";
import { findPulse } from "../../../../packages/core/src/analysis/recurrence/scan.ts";
import { random } from "../../../../bench/recurrence/random.ts";

test.each([3, 6, 12, 25])(
  "%i times without a pattern are called rarer than 5 % in about one of twenty trials",
  (n) => {
    const next = random(7 * n);
    const rounds = 600;
    let rare = 0;
    for (let round = 0; round < rounds; round += 1) {
      const episodes = Array.from({ length: n }, () => ({ localMin: next() * 60 * 1440, halfMin: 0 }));
      const pulse = findPulse(episodes);
      if (pulse !== null && chanceOf(pulse.score, pulse.n) <= 0.05) rare += 1;
    }
    expect(rare / rounds).toBeLessThan(0.085);
    expect(rare / rounds).toBeGreaterThan(0.01);
  },
);

test("the chance falls as the score does", () => {
  const scores = [0.5, 0.1, 0.01, 1e-3, 1e-4, 1e-5, 1e-8];
  const ps = scores.map((score) => chanceOf(score, 7));
  expect(ps).toEqual(ps.toSorted((a, b) => b - a));
});
