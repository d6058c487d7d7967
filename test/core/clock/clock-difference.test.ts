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
  cpuClock: null,
  utcOffsetS: null,
  zone: null,
  sentMs: nowMs - 500,
  receivedMs: nowMs,
});

test.each([
  ["an hour ahead", 3_600_000, 3600],
  ["a minute behind", -60_000, -60],
])("a host clock %s is told", (_title, offMs, expected) => {
  const difference = clockDifferenceOf(readAt(nowMs + offMs - 300, nowMs + offMs - 200));
  expect(Math.abs((difference ?? 0) - expected)).toBeLessThan(0.5);
});

test.each([0, -2000])("a host clock %i ms off, which the reads explain, is not", (offMs) => {
  expect(clockDifferenceOf(readAt(nowMs + offMs - 300, nowMs + offMs - 200))).toBeNull();
});

test("is unknown when the host told no time", () => {
  expect(clockDifferenceOf(readAt(null, null))).toBeNull();
});
