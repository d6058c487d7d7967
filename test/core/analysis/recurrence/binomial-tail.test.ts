import { expect, test } from "vitest";
import { binomialTail, mixedTail } from "../../../../packages/core/src/analysis/recurrence/binomial-tail.ts";

test.each([
  [1, 1, 0.3, 0.3],
  [2, 1, 0.5, 0.75],
  [3, 3, 0.1, 0.001],
  [5, 2, 0.2, 1 - 0.8 ** 5 - 5 * 0.2 * 0.8 ** 4],
  [4, 0, 0.2, 1],
  [4, 5, 0.2, 0],
])("of %i tries at least %i succeed with %f each: %f", (n, k, p, tail) => {
  expect(binomialTail(n, k, p)).toBeCloseTo(tail, 12);
});

test("stays a chance for a thousand tries", () => {
  expect(binomialTail(1000, 500, 0.5)).toBeCloseTo(0.5126, 4);
  expect(binomialTail(1000, 30, 0.001)).toBeGreaterThan(0);
});

test("tries with chances of their own count as such", () => {
  expect(mixedTail(2, 3, 0.5, [0.5])).toBeCloseTo(0.125, 12);
  expect(mixedTail(0, 1, 0.9, [0.1, 0.2])).toBeCloseTo(1 - 0.9 * 0.8, 12);
});
