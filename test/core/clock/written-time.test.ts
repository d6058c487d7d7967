import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { wallTimeOfDay, wallTimeOfWritten } from "../../../packages/core/src/clock/written-time.ts";
import type { WrittenTime } from "../../../packages/core/src/model/kernel-record.ts";

const at = (text: string): number => Date.parse(text);
const farMs = at("2040-01-01T00:00:00Z");
const orderedOnly = { atMs: null, errorS: null, method: "ordered-only" };

function written(local: string, rest: Partial<WrittenTime> = {}): WrittenTime {
  return { localMs: at(`${local}Z`), hasYear: true, offsetS: null, resolutionS: 1, by: "received", ...rest };
}

describe("wallTimeOfWritten", () => {
  it("holds that a daemon read the record up to 2 s after the kernel wrote it", () => {
    const time = wallTimeOfWritten(written("2015-04-22T10:56:57"), {
      zone: "Asia/Shanghai",
      latestMs: farMs,
    });
    // 10:56:55 to 10:56:58 in Shanghai.
    expect(time).toEqual({ atMs: at("2015-04-22T02:56:56.500Z"), errorS: 1.5, method: "imported" });
  });

  it("goes by the offset written rather than by the zone", () => {
    const context = { zone: "Asia/Shanghai", latestMs: farMs };
    const time = wallTimeOfWritten(written("2026-01-02T03:04:05", { offsetS: -12_600 }), context);
    expect(time.atMs).toBe(at("2026-01-02T06:34:04.500Z"));
    expect(wallTimeOfWritten(written("2026-01-02T03:04:05", { offsetS: 0 }), context).atMs).toBe(
      at("2026-01-02T03:04:04.500Z"),
    );
  });

  it("claims no more than the digits written, and never less than a second", () => {
    const context = { zone: "UTC", latestMs: farMs };
    const minute = written("2026-01-02T03:04:00", { resolutionS: 60 });
    expect(wallTimeOfWritten(minute, context)).toMatchObject({
      atMs: at("2026-01-02T03:04:29Z"),
      errorS: 31,
    });
    const millis = written("2026-01-02T03:04:05.125", { resolutionS: 0.001 });
    expect(wallTimeOfWritten(millis, context)).toMatchObject({
      atMs: at("2026-01-02T03:04:04.126Z"),
      errorS: 1.01,
    });
    const latestMs = at("2026-01-02T03:04:04Z");
    expect(wallTimeOfWritten(millis, { zone: "UTC", latestMs }).errorS).toBe(1);
  });

  it("never claims a time that dmesg -T computed closer than 1000 s", () => {
    const time = wallTimeOfWritten(written("2026-01-02T03:04:05", { by: "derived" }), {
      zone: "UTC",
      latestMs: farMs,
    });
    expect(time).toEqual({ atMs: at("2026-01-02T03:04:05.500Z"), errorS: 1000.5, method: "imported" });
  });

  it("is never later than the log was read", () => {
    const latestMs = at("2026-01-02T03:04:06Z");
    const context = { zone: "UTC", latestMs };
    // 03:04:04 to 03:04:06
    expect(wallTimeOfWritten(written("2026-01-02T03:04:06"), context)).toEqual({
      atMs: at("2026-01-02T03:04:05Z"),
      errorS: 1,
      method: "imported",
    });
    const early = wallTimeOfWritten(written("2026-01-02T03:14:06", { by: "derived" }), context);
    expect(early).toEqual({ atMs: latestMs - 200_000, errorS: 200, method: "imported" });
  });

  it("gives no time to a date that lies wholly after the log was read", () => {
    // The story's "Fri Feb 12 04:33:27 CST 2016" of a log of April 2015.
    const context = { zone: "Asia/Shanghai", latestMs: at("2015-04-30T02:00:00Z") };
    expect(wallTimeOfWritten(written("2016-02-12T04:33:27", { by: "derived" }), context)).toEqual(
      orderedOnly,
    );
    expect(wallTimeOfWritten(written("2015-04-30T10:00:03"), context)).toEqual(orderedOnly);
  });

  it.each([null, "Mars/Olympus_Mons"])("allows any zone of the earth where the zone is %j", (zone) => {
    const time = wallTimeOfWritten(written("2026-01-02T12:00:00"), { zone, latestMs: farMs });
    expect(time).toEqual({
      atMs: at("2026-01-02T10:59:59.500Z"),
      errorS: 13 * 3600 + 1.5,
      method: "imported",
    });
  });

  it("puts a date without a year into the latest year that fits", () => {
    const context = { zone: "Europe/Berlin", latestMs: at("2016-01-03T12:00:00Z") };
    const yearless = (local: string): number | null =>
      wallTimeOfWritten(written(local, { hasYear: false }), context).atMs;
    expect(yearless("1972-12-31T23:59:59")).toBe(at("2015-12-31T22:59:58.500Z"));
    expect(yearless("1972-01-03T12:00:00")).toBe(at("2016-01-03T10:59:59.500Z"));
  });

  // What clocks on the wall show when they are moved; the instants by the zones' own rules.
  test.each([
    [
      "the repeated hour in Berlin",
      "Europe/Berlin",
      "2026-10-25T02:30:00",
      "2026-10-25T00:30:00Z",
      "2026-10-25T01:30:00Z",
    ],
    [
      "the repeated hour in St. John's",
      "America/St_Johns",
      "2026-11-01T01:15:00",
      "2026-11-01T03:45:00Z",
      "2026-11-01T04:45:00Z",
    ],
    [
      "the repeated half hour on Lord Howe",
      "Australia/Lord_Howe",
      "2026-04-05T01:45:00",
      "2026-04-04T14:45:00Z",
      "2026-04-04T15:15:00Z",
    ],
    [
      "the skipped hour in Berlin",
      "Europe/Berlin",
      "2026-03-29T02:30:00",
      "2026-03-29T01:30:00Z",
      "2026-03-29T01:30:00Z",
    ],
    [
      "the skipped half hour on Lord Howe",
      "Australia/Lord_Howe",
      "2026-10-04T02:10:00",
      "2026-10-03T15:40:00Z",
      "2026-10-03T15:40:00Z",
    ],
    [
      "an hour in Shanghai, whose clocks stand still",
      "Asia/Shanghai",
      "2026-10-25T02:30:00",
      "2026-10-24T18:30:00Z",
      "2026-10-24T18:30:00Z",
    ],
  ])("spans %s", (_, zone, local, first, last) => {
    const { atMs, errorS } = wallTimeOfWritten(written(local), { zone, latestMs: farMs });
    const [loMs, hiMs] = [at(first) - 2000, at(last) + 1000];
    expect(atMs).toBe((loMs + hiMs) / 2);
    expect(errorS).toBe((hiMs - loMs) / 2000);
  });

  const zones = [
    "America/St_Johns",
    "Europe/Berlin",
    "Asia/Shanghai",
    "Australia/Lord_Howe",
    "UTC",
    "+05:45",
  ];

  it("finds every instant again from what the clocks of its zone showed", () => {
    const shownIn = new Map(zones.map((zone) => [zone, clockOf(zone)]));
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: at("2007-01-01T00:00:00Z") / 1000, max: at("2037-01-01T00:00:00Z") / 1000 }),
        (zone, instantS) => {
          const shown = written(shownIn.get(zone)?.(instantS * 1000) ?? "");
          const { atMs, errorS } = wallTimeOfWritten(shown, { zone, latestMs: farMs });
          expect(Math.abs(instantS * 1000 - (atMs ?? Number.NaN))).toBeLessThanOrEqual((errorS ?? 0) * 1000);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it("spans all instants, and no more, at which clocks show a time in the course of a year", () => {
    for (const zone of zones) {
      const shown = clockOf(zone);
      const instants = new Map<string, readonly number[]>();
      for (let ms = at("2026-01-01T00:00:00Z"); ms < at("2027-01-01T00:00:00Z"); ms += 1_800_000) {
        instants.set(shown(ms), [...(instants.get(shown(ms)) ?? []), ms]);
      }
      for (const [local, all] of instants) {
        const [loMs, hiMs] = [Math.min(...all) - 2000, Math.max(...all) + 1000];
        const { atMs, errorS } = wallTimeOfWritten(written(local), { zone, latestMs: farMs });
        expect([zone, local, atMs, errorS]).toEqual([zone, local, (loMs + hiMs) / 2, (hiMs - loMs) / 2000]);
      }
    }
  }, 60_000);
});

/** What Intl says that clocks of a zone show, to the second. */
function clockOf(timeZone: string): (atMs: number) => string {
  const format = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "medium" });
  return (atMs) => format.format(atMs).replace(" ", "T");
}

describe("wallTimeOfDay", () => {
  const latestMs = at("2015-04-30T01:44:49Z");
  const context = { zone: "Asia/Shanghai", latestMs };
  const time = (text: string): number => at(`1970-01-01T${text}Z`) / 1000;

  it("takes the latest such time that is not after the text was saved", () => {
    // It is 09:44:49 in Shanghai.
    const today = wallTimeOfDay({ timeOfDayS: time("02:23:47"), resolutionS: 1 }, context);
    expect(today).toEqual({ atMs: at("2015-04-29T18:23:46.500Z"), errorS: 1.5, method: "imported" });
    const yesterday = wallTimeOfDay({ timeOfDayS: time("10:56:57"), resolutionS: 1 }, context);
    expect(yesterday.atMs).toBe(at("2015-04-29T02:56:56.500Z"));
  });

  it("knows only the day's length where the zone is unknown", () => {
    const anywhere = wallTimeOfDay(
      { timeOfDayS: time("02:23:47"), resolutionS: 1 },
      { ...context, zone: null },
    );
    expect(anywhere).toEqual({ atMs: latestMs - 43_200_000, errorS: 43_200, method: "imported" });
  });

  it("is at most a day old and never in the future, in any zone at any time", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("America/St_Johns", "Europe/Berlin", "Asia/Shanghai", "Australia/Lord_Howe"),
        fc.integer({ min: at("2007-01-01T00:00:00Z"), max: at("2037-01-01T00:00:00Z") }),
        fc.nat(86_399),
        (zone, nowMs, timeOfDayS) => {
          const { atMs, errorS } = wallTimeOfDay({ timeOfDayS, resolutionS: 1 }, { zone, latestMs: nowMs });
          const ageS = (nowMs - (atMs ?? Number.NaN)) / 1000;
          expect(ageS).toBeGreaterThanOrEqual(0);
          // A day of 25 hours, and the half-width.
          expect(ageS).toBeLessThanOrEqual(25 * 3600 + (errorS ?? 0) + 2);
        },
      ),
      { numRuns: 1000 },
    );
  });
});
