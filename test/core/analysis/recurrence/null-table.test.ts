import { expect, test } from "vitest";
import { chanceOfPulse } from "../../../../packages/core/src/analysis/recurrence/null-table.ts";
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
      if (pulse !== null && chanceOfPulse(pulse) <= 0.05) rare += 1;
    }
    expect(rare / rounds).toBeLessThan(0.085);
    expect(rare / rounds).toBeGreaterThan(0.01);
  },
);

test("the chance falls as the score does", () => {
  const scores = [0.5, 0.1, 0.01, 1e-3, 1e-4, 1e-5, 1e-8];
  const ps = scores.map((score) => chanceOfPulse({ score, n: 7, leastChance: 0 }));
  expect(ps).toEqual(ps.toSorted((a, b) => b - a));
});

test.each([3, 4, 6])("%i times without a pattern are called 1 in 1,000 about as often", (n) => {
  const next = random(11 * n);
  const rounds = 60_000;
  let rare = 0;
  for (let round = 0; round < rounds; round += 1) {
    const episodes = Array.from({ length: n }, () => ({ localMin: next() * 90 * 1440, halfMin: 0 }));
    const pulse = findPulse(episodes);
    if (pulse !== null && chanceOfPulse(pulse) <= 0.001) rare += 1;
  }
  expect(rare / rounds).toBeLessThan(0.0014);
});

test.each([
  { name: "two of four hours beside a sure one", halves: [0, 240, 240] },
  { name: "one of four hours beside two sure ones", halves: [0, 0, 240] },
  { name: "three of an hour beside three sure ones", halves: [0, 0, 0, 60, 60, 60] },
])("times that are wide prove no more than they can: $name", ({ halves }) => {
  const next = random(2015);
  const rounds = 2000;
  let rare = 0;
  for (let round = 0; round < rounds; round += 1) {
    const pulse = findPulse(halves.map((halfMin) => ({ localMin: next() * 90 * 1440, halfMin })));
    if (pulse !== null && chanceOfPulse(pulse) <= 0.05) rare += 1;
  }
  expect(rare / rounds).toBeLessThan(0.06);
});
