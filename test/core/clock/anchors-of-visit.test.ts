import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ClockReading, WallTime } from "@inquest/core";
import { anchorsOfVisit } from "../../../packages/core/src/clock/anchors-of-visit.ts";
import { driftOf } from "../../../packages/core/src/clock/drift.ts";
import { stampDater } from "../../../packages/core/src/clock/stamp-dater.ts";

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
    cpuClock: null,
    utcOffsetS: 28_800,
    zone: "Asia/Shanghai",
    sentMs: nowMs - 100,
    receivedMs: nowMs,
    ...changes,
  };
}

/** The time of a stamp by one visit alone, whose log ends with another. */
function timeOf(
  stampUs: number | null,
  reading: ClockReading,
  lastStampUs: number | null,
  refinedTsc: boolean,
): WallTime {
  const drift = driftOf(refinedTsc);
  const lastStampS = lastStampUs === null ? null : lastStampUs / 1e6;
  const anchors = anchorsOfVisit({ reading, lastStampS, firstNew: null, pairs: [], drift });
  return stampDater(anchors, { drift, latestMs: reading.receivedMs })(stampUs).time;
}

describe("a stamp on a host whose uptime is its own", () => {
  test("gets a time whose error grows with the uptime", () => {
    const time = timeOf(860_000_000_000, readingOf(864_000), 860_000_000_000, true);
    expect(time.method).toBe("uptime");
    // Up ten days: 100 ppm are 86 s; the ceiling (the log was read before now) does not bite 4,000 s ago.
    expect(time.errorS).toBeGreaterThan(86);
    expect(time.errorS).toBeLessThan(90);
    expect(Math.abs((time.atMs ?? 0) - (nowMs - 4_000_000))).toBeLessThan(1000);
  });

  test("allows five times the drift where the clock was never calibrated well", () => {
    const [refined, quick] = [true, false].map(
      (isRefined) => timeOf(860_000_000_000, readingOf(864_000), 860_000_000_000, isRefined).errorS ?? 0,
    );
    expect((quick ?? 0) / (refined ?? 1)).toBeGreaterThan(4.8);
  });

  test("never claims to be closer than a second", () => {
    expect(timeOf(99_000_000, readingOf(100), 99_000_000, true).errorS).toBe(1);
  });
});

describe("a stamp beyond the uptime", () => {
  const storyStampUs = 28_039_610_565_138;

  test("is dated by the kernel's own age where a process start time tells it", () => {
    const reading = readingOf(3_000_000, { sinceBootS: 28_050_000 });
    const time = timeOf(storyStampUs, reading, storyStampUs, false);
    expect(time.method).toBe("foreign-uptime");
    expect((time.atMs ?? Infinity) + 0).toBeLessThanOrEqual(nowMs);
  });

  test("is dated by btime where only that fits", () => {
    const reading = readingOf(3_000_000, { sinceBootS: null, bootAtMs: nowMs - 28_050_000_000 });
    expect(timeOf(storyStampUs, reading, storyStampUs, false).method).toBe("foreign-uptime");
  });

  test("has an order and no time where nothing fits", () => {
    expect(timeOf(storyStampUs, readingOf(3_000_000), storyStampUs, false)).toEqual({
      atMs: null,
      errorS: null,
      method: "ordered-only",
    });
  });
});

test("a container's mounted /proc/uptime is not believed without a witness", () => {
  const reading = readingOf(3_000_000, {
    uptimeIsMounted: true,
    sinceBootS: null,
    bootAtMs: nowMs - 9_000_000_000,
  });
  expect(timeOf(2_000_000_000_000, reading, 2_000_000_000_000, true).method).toBe("foreign-uptime");
});

test("a log without stamps or a host without a clock has no times", () => {
  expect(timeOf(null, readingOf(100), null, true).method).toBe("ordered-only");
  const blind = readingOf(100, { beforeMs: null, afterMs: null });
  expect(timeOf(1_000_000, blind, 1_000_000, true).atMs).toBeNull();
});

test("the kernel's own clock dates a fresh record to the second, and an old one by how far it may have drifted", () => {
  const reading = readingOf(864_000, {
    cpuClock: { stampS: 864_010, beforeMs: nowMs - 60, afterMs: nowMs - 40 },
  });
  const [fresh, old] = [864_000, 764_010].map((stampS) =>
    timeOf(stampS * 1e6, reading, 864_000_000_000, true),
  );
  // The printk clock is 10 s ahead of the uptime, as 12 ppm make it in ten days.
  expect(fresh).toEqual({ atMs: nowMs - 10_050, errorS: 1, method: "near" });
  expect(old).toEqual({ atMs: nowMs - 100_000_050, errorS: 10.01, method: "near" });
});

test("a first contact says `near` beside the kernel's clock and never more", () => {
  const reading = readingOf(100, { cpuClock: { stampS: 100, beforeMs: nowMs - 60, afterMs: nowMs - 40 } });
  expect(timeOf(99_000_000, reading, 99_000_000, true).method).toBe("near");
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
        const time = timeOf(Math.round(lastStampUs * older), reading, lastStampUs, true);
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
        const time = timeOf(stampUs, readingOf(uptimeS), lastStampUs, true);
        expect(Math.abs((time.atMs ?? Infinity) - truthMs)).toBeLessThanOrEqual(
          (time.errorS ?? 0) * 1000 + 2,
        );
      },
    ),
  );
});
