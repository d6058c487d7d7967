import { expect, test } from "vitest";
import type { LogReading } from "@inquest/store";
import { ringPaceOf } from "../../../packages/cli/src/query/ring-pace.ts";

const hourMs = 3_600_000;
const at = (hours: number, newBytes: number | null, ringBytes: number | null = null): LogReading => ({
  startedMs: hours * hourMs,
  boot: "b1",
  newBytes,
  ringBytes,
});

test("a ring wraps when as many bytes have come as it holds", () => {
  const readings = [at(0, 50_000), at(6, 300_000, 262_144), at(12, 224_288, 262_144)];
  expect(ringPaceOf(readings)).toEqual({ wrapsInH: 6, everyH: 6 });
});

test.each([
  ["a single reading tells no pace", [at(0, null, 262_144)], { wrapsInH: null, everyH: null }],
  ["a quiet ring never wraps", [at(0, null, 262_144), at(6, 0)], { wrapsInH: null, everyH: 6 }],
  ["nobody knows how much it holds", [at(0, null), at(6, 9000)], { wrapsInH: null, everyH: 6 }],
  [
    "a reading that was not measured hides what came",
    [at(0, null, 9000), at(6, null), at(12, 10)],
    { wrapsInH: null, everyH: 6 },
  ],
])("%s", (_title, readings, pace) => {
  expect(ringPaceOf(readings)).toEqual(pace);
});

test("only the boot that is going on counts", () => {
  const readings = [{ ...at(0, 10, 99_999_999), boot: "b0" }, at(1, null, 20_000), at(3, 10_000)];
  expect(ringPaceOf(readings)).toEqual({ wrapsInH: 4, everyH: 2 });
});
