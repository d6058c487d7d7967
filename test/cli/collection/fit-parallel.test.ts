import { expect, test } from "vitest";
import { parallelWithin } from "../../../packages/cli/src/collection/fit-parallel.ts";

test.each([
  [64, null, 64],
  [64, 1024, 64],
  [4096, 1024, 960],
  [64, 65, 1],
])("%i hosts in flight with ulimit -n %s are %i", (parallel, limit, expected) => {
  expect(parallelWithin(parallel, limit)).toBe(expected);
});

test("too few open files for one host are told with the number that would do", () => {
  expect(() => parallelWithin(64, 64)).toThrow(
    expect.objectContaining({ exitCode: 74, hint: "raise it to 128 or more" }),
  );
});
