import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ClockReading } from "@inquest/core";
import { stampClockOf, wallTimeOf } from "../../../packages/core/src/clock/stamp-clock.ts";

const nowMs = Date.UTC(2015, 3, 22, 3, 30, 0);

/** A host that has been up for `uptimeS`, read within 40 ms, its clock equal to the collector's. */
function readingOf(uptimeS: number, changes: Partial<ClockReading> = {}): ClockReading {
  return {
    beforeMs: nowMs - 60,
    afterMs: nowMs - 20,
    uptimeS,
    bootAtMs: Math.floor((nowMs - uptimeS * 1000) / 1000) * 1000,
    sinceBootS: uptimeS,
    uptimeIsMounted: false,
    utcOffsetS: 28_800,
    zone: "Asia/Shanghai",
    sentMs: nowMs - 100,
    receivedMs: nowMs,
    ...changes,
  };
}

describe("a stamp on a host whose uptime is its own", () => {
  test("gets a time whose error grows with the uptime", () => {
    const clock = stampClockOf(readingOf(864_000), 860_000_000_000, true);
    const time = wallTimeOf(860_000_000_000, clock);
    expect(time.method).toBe("uptime");
    // Up ten days: 100 ppm are 86 s; the ceiling (the log was read before now) does not bite 4,000 s ago.
    expect(time.errorS).toBeGreaterThan(86);
    expect(time.errorS).toBeLessThan(90);
    expect(Math.abs((time.atMs ?? 0) - (nowMs - 4_000_000))).toBeLessThan(1000);
  });

  test("allows five times the drift where the clock was never calibrated well", () => {
    const [refined, quick] = [true, false].map(
      (isRefined) =>
        wallTimeOf(860_000_000_000, stampClockOf(readingOf(864_000), 860_000_000_000, isRefined)).errorS ?? 0,
    );
    expect((quick ?? 0) / (refined ?? 1)).toBeGreaterThan(4.8);
  });

  test("never claims to be closer than a second", () => {
    expect(wallTimeOf(99_000_000, stampClockOf(readingOf(100), 99_000_000, true)).errorS).toBe(1);
  });
});

describe("a stamp beyond the uptime", () => {
  const storyStampUs = 28_039_610_565_138;

  test("is dated by the kernel's own age where a process start time tells it", () => {
    const reading = readingOf(3_000_000, { sinceBootS: 28_050_000 });
    const time = wallTimeOf(storyStampUs, stampClockOf(reading, storyStampUs, false));
    expect(time.method).toBe("foreign-uptime");
    expect((time.atMs ?? Infinity) + 0).toBeLessThanOrEqual(nowMs);
  });

  test("is dated by btime where only that fits", () => {
    const reading = readingOf(3_000_000, { sinceBootS: null, bootAtMs: nowMs - 28_050_000_000 });
    expect(wallTimeOf(storyStampUs, stampClockOf(reading, storyStampUs, false)).method).toBe(
      "foreign-uptime",
    );
  });

  test("has an order and no time where nothing fits", () => {
    const clock = stampClockOf(readingOf(3_000_000), storyStampUs, false);
    expect(wallTimeOf(storyStampUs, clock)).toEqual({ atMs: null, errorS: null, method: "ordered-only" });
  });
});

test("a container's mounted /proc/uptime is not believed without a witness", () => {
  const reading = readingOf(3_000_000, {
    uptimeIsMounted: true,
    sinceBootS: null,
    bootAtMs: nowMs - 9_000_000_000,
  });
  expect(wallTimeOf(2_000_000_000_000, stampClockOf(reading, 2_000_000_000_000, true)).method).toBe(
    "foreign-uptime",
  );
});

test("a log without stamps or a host without a clock has no times", () => {
  expect(wallTimeOf(null, stampClockOf(readingOf(100), null, true)).method).toBe("ordered-only");
  const blind = stampClockOf(readingOf(100, { beforeMs: null, afterMs: null }), 1_000_000, true);
  expect(wallTimeOf(1_000_000, blind).atMs).toBeNull();
});

test("no time is later than now, whatever the host tells", () => {
  fc.assert(
    fc.property(
      fc.record({
        uptimeS: fc.double({ min: 0, max: 4e7, noNaN: true }),
        share: fc.double({ min: 0, max: 1.2, noNaN: true }),
        aheadMs: fc.integer({ min: -1e9, max: 1e9 }),
        sinceBootS: fc.option(fc.double({ min: 0, max: 8e7, noNaN: true })),
        older: fc.double({ min: 0, max: 1, noNaN: true }),
      }),
      ({ uptimeS, share, aheadMs, sinceBootS, older }) => {
        const lastStampUs = Math.round(uptimeS * share * 1e6);
        const reading = readingOf(uptimeS, {
          beforeMs: nowMs - 60 + aheadMs,
          afterMs: nowMs - 20 + aheadMs,
          sinceBootS,
        });
        const time = wallTimeOf(Math.round(lastStampUs * older), stampClockOf(reading, lastStampUs, true));
        expect(time.atMs ?? -Infinity).toBeLessThanOrEqual(nowMs);
        expect(time.atMs === null).toBe(time.errorS === null);
      },
    ),
  );
});

test("the truth lies inside the stated interval for every drift it allows", () => {
  fc.assert(
    fc.property(
      fc.double({ min: 100, max: 3e7, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: -9.9e-5, max: 9.9e-5, noNaN: true }),
      (uptimeS, share, drift) => {
        const elapsedS = uptimeS * share;
        const stampUs = Math.round(elapsedS * (1 + drift) * 1e6);
        const truthMs = nowMs - 50 - (uptimeS - elapsedS) * 1000;
        const lastStampUs = Math.max(stampUs, Math.round(uptimeS * (1 + drift) * 1e6) - 1_000_000);
        const time = wallTimeOf(stampUs, stampClockOf(readingOf(uptimeS), lastStampUs, true));
        expect(Math.abs((time.atMs ?? Infinity) - truthMs)).toBeLessThanOrEqual(
          (time.errorS ?? 0) * 1000 + 2,
        );
      },
    ),
  );
});
