import { expect, test } from "vitest";
import { clockDifferenceOf } from "../../../packages/core/src/clock/clock-difference.ts";

const nowMs = 1_700_000_000_000;
const readAt = (beforeMs: number | null, afterMs: number | null) => ({
  beforeMs,
  afterMs,
  uptimeS: null,
  bootAtMs: null,
  sinceBootS: null,
  uptimeIsMounted: null,
  utcOffsetS: null,
  zone: null,
  sentMs: nowMs - 500,
  receivedMs: nowMs,
});

test.each([
  ["an hour ahead", nowMs + 3_600_000 - 300, nowMs + 3_600_000 - 200, 3600],
  ["a minute behind", nowMs - 60_300, nowMs - 60_200, -60],
  ["equal", nowMs - 300, nowMs - 200, null],
  ["two seconds off, which the reads explain", nowMs - 2300, nowMs - 2200, null],
])("a host clock %s", (_title, beforeMs, afterMs, expected) => {
  const difference = clockDifferenceOf(readAt(beforeMs, afterMs));
  if (expected === null) expect(difference).toBeNull();
  else expect(Math.abs((difference ?? 0) - expected)).toBeLessThan(0.5);
});

test("is unknown when the host told no time", () => {
  expect(clockDifferenceOf(readAt(null, null))).toBeNull();
});
