import { expect, test } from "vitest";
import { heatBinsOf } from "../../../../packages/cli/src/render/html/heat-bins.ts";

test.each([
  [0, ["1-0"]],
  [1, ["1-1"]],
  [3, ["1-1", "2-2", "3-3"]],
  [5, ["1-1", "2-2", "3-3", "4-5"]],
  [28, ["1-7", "8-14", "15-21", "22-28"]],
])("counts up to %i fall into steps that leave none out", (most, steps) => {
  expect(heatBinsOf(most).map(({ from, to }) => `${from}-${to}`)).toEqual(steps);
});
