import { expect, it } from "vitest";
import { parseTimeOfDay } from "../../../packages/core/src/parse/time-of-day.ts";

it.each([
  ["02:57:58", 2 * 3600 + 57 * 60 + 58, 1],
  ["9:01", 9 * 3600 + 60, 60],
  ["00:00:00.250", 0.25, 0.001],
  ["4:42pm", 16 * 3600 + 42 * 60, 60],
  ["12:05am", 5 * 60, 60],
  ["12:05 PM", 12 * 3600 + 5 * 60, 60],
])("reads %j", (text, timeOfDayS, resolutionS) => {
  expect(parseTimeOfDay(text)).toEqual({ timeOfDayS, resolutionS });
});

it.each(["", "24:00", "2:60", "02:57:61", "13:00pm", "0:30am", "02:57:58Z", "2026-01-02"])(
  "finds no time of day in %j",
  (text) => {
    expect(parseTimeOfDay(text)).toBeNull();
  },
);
