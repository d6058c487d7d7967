import { expect, test } from "vitest";
import { discoveryLimit } from "../../../../packages/core/src/analysis/recurrence/false-discovery.ts";

test("admits by the step-up rule: the largest p that its rank allows", () => {
  expect(discoveryLimit([0.001, 0.012, 0.04], 10, 0.05)).toBe(0.001);
  expect(discoveryLimit([0.001, 0.009, 0.04], 10, 0.05)).toBe(0.009);
  expect(discoveryLimit([0.04], 1, 0.05)).toBe(0.04);
});

test("admits nothing where luck explains all", () => {
  expect(discoveryLimit([0.03, 0.04], 100, 0.05)).toBe(0);
});
