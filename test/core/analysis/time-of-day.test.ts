import fc from "fast-check";
import { expect, test } from "vitest";
import { matchesTimeOfDay } from "../../../packages/core/src/analysis/time-of-day.ts";

const clock = (text: string): number => {
  const [hour = 0, minute = 0, second = 0] = text.split(":").map(Number);
  return hour * 3600 + minute * 60 + second;
};

test.each([
  { at: "02:30", within: 30, time: "02:30:00", errorS: 1, match: "yes", why: "the middle" },
  { at: "02:30", within: 30, time: "02:00:00", errorS: 1, match: "yes", why: "the start is in it" },
  { at: "02:30", within: 30, time: "03:00:00", errorS: 1, match: "yes", why: "the end is in it" },
  { at: "02:30", within: 30, time: "03:00:01", errorS: 1, match: "no", why: "a second late" },
  { at: "00:05", within: 30, time: "23:40:00", errorS: 1, match: "yes", why: "before midnight" },
  { at: "23:50", within: 30, time: "00:20:00", errorS: 1, match: "yes", why: "after midnight" },
  { at: "23:50", within: 30, time: "00:20:01", errorS: 1, match: "no", why: "just outside after midnight" },
  {
    at: "02:30",
    within: 30,
    time: "03:00:01",
    errorS: 1800,
    match: "no",
    why: "as uncertain as the window is wide",
  },
  {
    at: "02:30",
    within: 30,
    time: "03:00:01",
    errorS: 1801,
    match: "overlaps",
    why: "more uncertain than that",
  },
  {
    at: "02:30",
    within: 30,
    time: "02:30:00",
    errorS: 7200,
    match: "overlaps",
    why: "uncertain, in the middle",
  },
  {
    at: "02:30",
    within: 30,
    time: "05:30:00",
    errorS: 7200,
    match: "no",
    why: "uncertain, but too far away",
  },
  {
    at: "02:30",
    within: 30,
    time: "14:30:00",
    errorS: 86_400,
    match: "overlaps",
    why: "anything within a day",
  },
  { at: "02:30", within: 0, time: "02:30:00", errorS: 0, match: "yes", why: "a window of nothing" },
] as const)("$time ± $errorS s is answered $match for $at ± $within min: $why", (row) => {
  const window = { atS: clock(row.at), withinS: row.within * 60 };
  expect(matchesTimeOfDay({ timeOfDayS: clock(row.time), errorS: row.errorS }, window)).toBe(row.match);
});

test("turning the clock by the same amount changes nothing", () => {
  const second = fc.integer({ min: 0, max: 86_399 });
  const width = fc.integer({ min: 0, max: 90_000 });
  fc.assert(
    fc.property(second, second, width, width, second, (time, at, errorS, withinS, turn) => {
      const turned = (value: number): number => (value + turn) % 86_400;
      expect(matchesTimeOfDay({ timeOfDayS: turned(time), errorS }, { atS: turned(at), withinS })).toBe(
        matchesTimeOfDay({ timeOfDayS: time, errorS }, { atS: at, withinS }),
      );
    }),
  );
});
