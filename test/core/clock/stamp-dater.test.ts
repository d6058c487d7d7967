import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Anchor, AnchorKind } from "../../../packages/core/src/model/anchor.ts";
import { boundLines } from "../../../packages/core/src/clock/bound-lines.ts";
import type { AnchoredTime } from "../../../packages/core/src/clock/stamp-dater.ts";
import { stampDater } from "../../../packages/core/src/clock/stamp-dater.ts";

const bootMs = Date.UTC(2026, 10, 1);
const daySeconds = 86_400;
const drift = 1e-4;
/** The wall time of a stamp on a machine whose printk clock gains 20 ppm and never stands still. */
const trueMs = (stampS: number): number => bootMs + (stampS * 1000) / (1 + 2e-5);

/** A known pair that is right to ± 20 ms, on one side or on both. */
function anchor(
  kind: AnchorKind,
  stampS: number,
  atMs: number = trueMs(stampS),
  bootAtMs: number | null = null,
): Anchor {
  const loMs = kind === "ceiling" ? -Infinity : atMs - 20;
  return { kind, stampS, loMs, hiMs: kind === "floor" ? Infinity : atMs + 20, bootAtMs };
}

/** The kernel's clock as it was read four times a day from one day to another. */
function readings(fromDay: number, toDay: number, laterMs = 0, bootAtMs: number | null = null): Anchor[] {
  const stamps = Array.from(
    { length: (toDay - fromDay) * 4 + 1 },
    (_, at) => (fromDay + at / 4) * daySeconds,
  );
  return stamps.map((stampS) => anchor("cpu-clock", stampS, trueMs(stampS) + laterMs, bootAtMs));
}

function dated(anchors: readonly Anchor[], stampS: number, latestMs = Infinity): AnchoredTime {
  return stampDater(anchors, { drift, latestMs })(stampS * 1e6);
}

const missS = ({ time }: AnchoredTime, ms: number): number => Math.abs((time.atMs ?? Infinity) - ms) / 1000;

describe("a record between two readings of the kernel's clock", () => {
  const anchors = readings(10, 30);
  test("is dated to the second, however long ago", () => {
    const found = dated(anchors, 12.1 * daySeconds);
    expect(found.time.method).toBe("anchored");
    expect(found.time.errorS).toBe(1);
    expect(missS(found, trueMs(12.1 * daySeconds))).toBeLessThan(0.1);
  });

  test("names the anchors that made its bounds", () => {
    const { lo, hi } = dated(anchors, 12.1 * daySeconds);
    expect([lo?.kind, hi?.kind]).toEqual(["cpu-clock", "cpu-clock"]);
    expect([12 * daySeconds, 12.25 * daySeconds]).toEqual(expect.arrayContaining([lo?.stampS, hi?.stampS]));
  });
});

describe("a record before the first anchor", () => {
  test("is nearer to the truth once the clock's rate is known", () => {
    const stampS = 2 * daySeconds;
    const [one, many] = [dated(readings(10, 10), stampS), dated(readings(10, 40), stampS)];
    expect([one.time.method, many.time.method]).toEqual(["near", "near"]);
    expect(one.time.errorS).toBeCloseTo(8 * daySeconds * drift, 0);
    expect(many.time.errorS).toBeLessThan(8 * daySeconds * 1e-5);
    expect(missS(many, trueMs(stampS))).toBeLessThanOrEqual(many.time.errorS ?? 0);
  });
});

describe("where the clock stepped", () => {
  const pauseMs = 3_600_000;
  const paused = [...readings(10, 20), ...readings(20.25, 30, pauseMs)];

  test("the records on either side keep their second", () => {
    const [before, after] = [dated(paused, 19.9 * daySeconds), dated(paused, 21.1 * daySeconds)];
    expect([before.time.errorS, after.time.errorS]).toEqual([1, 1]);
    expect(missS(before, trueMs(19.9 * daySeconds))).toBeLessThan(0.1);
    expect(missS(after, trueMs(21.1 * daySeconds) + pauseMs)).toBeLessThan(0.1);
  });

  test("a record in the gap lies before the step or after it", () => {
    const stampS = 20.1 * daySeconds;
    const found = dated(paused, stampS);
    expect(found.time.method).toBe("step");
    for (const ms of [trueMs(stampS), trueMs(stampS) + pauseMs]) {
      expect(missS(found, ms)).toBeLessThanOrEqual((found.time.errorS ?? 0) + 0.001);
    }
  });

  test("a clock that was set is told from a pause by btime", () => {
    const step = (bootAtMs: number): AnchoredTime =>
      dated([...readings(10, 20, 0, bootMs), ...readings(20.25, 30, pauseMs, bootAtMs)], 20.1 * daySeconds);
    expect(step(bootMs + 1000).step).toBe("pause");
    expect(step(bootMs + pauseMs).step).toBe("set");
    expect(dated(paused, 20.1 * daySeconds).step).toBeNull();
  });

  test("a clock set back leaves both readings possible", () => {
    const back = [...readings(10, 20), ...readings(20.25, 30, -pauseMs)];
    const stampS = 20.1 * daySeconds;
    const found = dated(back, stampS);
    expect(found.time.method).toBe("step");
    expect(missS(found, trueMs(stampS) - pauseMs)).toBeLessThanOrEqual((found.time.errorS ?? 0) + 0.001);
  });
});

describe("labels", () => {
  const ceiling = anchor("ceiling", 20 * daySeconds, trueMs(20 * daySeconds) + 60_000);
  const floor = anchor("floor", 18 * daySeconds, trueMs(18 * daySeconds) - 60_000);
  const uptime: Anchor = {
    ...anchor("uptime", 20 * daySeconds),
    loMs: trueMs(20 * daySeconds) - 200_000,
    hiMs: trueMs(20 * daySeconds) + 200_000,
  };

  test("between two collections a record is `bracketed`", () => {
    const { time, lo, hi } = dated([ceiling, floor], 19 * daySeconds);
    expect(time.method).toBe("bracketed");
    expect([lo?.kind, hi?.kind]).toEqual(["floor", "ceiling"]);
    expect(missS({ time, lo, hi, step: null }, trueMs(19 * daySeconds))).toBeLessThan(time.errorS ?? 0);
  });

  test("a record that the journal received in time is `exact`", () => {
    const received: Anchor = { ...anchor("journal", 19 * daySeconds), loMs: trueMs(19 * daySeconds) - 2000 };
    expect(dated([received, ceiling], 19 * daySeconds).time.method).toBe("exact");
    expect(dated([received, ceiling], 19.5 * daySeconds).time.method).toBe("near");
  });

  test("the uptime alone is said to be that", () => {
    expect(dated([uptime], 19 * daySeconds).time.method).toBe("uptime");
    expect(dated([{ ...uptime, kind: "foreign-uptime" }], 19 * daySeconds).time.method).toBe(
      "foreign-uptime",
    );
  });

  test("a ceiling sharpens what the uptime says and is named for it", () => {
    const low = { ...ceiling, hiMs: trueMs(20 * daySeconds) - 100_000 };
    const { time, lo, hi } = dated([uptime, low], 20 * daySeconds);
    expect(time).toMatchObject({ method: "uptime", errorS: 50 });
    expect([lo?.kind, hi?.kind]).toEqual(["uptime", "ceiling"]);
  });

  test("with no bound on one side there is no time", () => {
    expect(dated([ceiling], 19 * daySeconds).time).toEqual({
      atMs: null,
      errorS: null,
      method: "ordered-only",
    });
  });
});

test("no time is later than the last reading", () => {
  const latestMs = trueMs(19.5 * daySeconds);
  const found = dated([anchor("cpu-clock", 10 * daySeconds)], 19.4999 * daySeconds, latestMs);
  expect((found.time.atMs ?? Infinity) + 0).toBeLessThanOrEqual(latestMs);
  expect(found.hi).toBeNull();
  expect(dated([anchor("cpu-clock", 10 * daySeconds)], 21 * daySeconds, latestMs).time.atMs).toBeNull();
});

test("the bounds are those of every anchor, one by one", () => {
  const anyAnchor = fc
    .record({
      stampS: fc.integer({ min: 0, max: 1000 }),
      aroundMs: fc.integer({ min: -500, max: 500 }),
      halfMs: fc.integer({ min: 0, max: 300 }),
      side: fc.constantFrom<AnchorKind>("cpu-clock", "floor", "ceiling"),
    })
    .map(({ stampS, aroundMs, halfMs, side }): Anchor => {
      const midMs = stampS * 1000 + aroundMs;
      return {
        kind: side,
        stampS,
        loMs: side === "ceiling" ? -Infinity : midMs - halfMs,
        hiMs: side === "floor" ? Infinity : midMs + halfMs,
        bootAtMs: null,
      };
    });
  fc.assert(
    fc.property(
      fc.array(anyAnchor, { maxLength: 20 }),
      fc.integer({ min: -100, max: 1100 }),
      (anchors, atS) => {
        const sorted = anchors.toSorted((one, other) => one.stampS - other.stampS);
        const found = boundLines(sorted, 2e-3, 1e-2).at(atS);
        const awayMs = (one: Anchor): number => (atS - one.stampS) * 1000 * (1 + 2e-3);
        const slackMs = (one: Anchor): number => Math.abs(atS - one.stampS) * 1000 * 1e-2;
        const lo = Math.max(-Infinity, ...anchors.map((one) => one.loMs + awayMs(one) - slackMs(one)));
        const hi = Math.min(Infinity, ...anchors.map((one) => one.hiMs + awayMs(one) + slackMs(one)));
        expect(Number.isFinite(lo) ? Math.abs(found.loMs - lo) : 0).toBeLessThan(1e-3);
        expect(Number.isFinite(hi) ? Math.abs(found.hiMs - hi) : 0).toBeLessThan(1e-3);
        expect([found.lo === null, found.hi === null]).toEqual([lo === -Infinity, hi === Infinity]);
      },
    ),
    { seed: 4 },
  );
});

test("ten thousand anchors date ten thousand stamps", () => {
  const anchors = Array.from({ length: 10_000 }, (_, at) => anchor("cpu-clock", at * 600));
  const dateOf = stampDater(anchors, { drift, latestMs: Infinity });
  const worst = Math.max(
    ...Array.from({ length: 10_000 }, (_, at) =>
      missS(dateOf((at * 600 + 300) * 1e6), trueMs(at * 600 + 300)),
    ),
  );
  expect(worst).toBeLessThan(0.1);
});
