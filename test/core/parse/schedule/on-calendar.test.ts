import { expect, test } from "vitest";
import { parseOnCalendar } from "../../../../packages/core/src/parse/schedule/on-calendar.ts";

const every = { daysOfMonth: null, months: null, weekdays: null, eitherDay: false };
const all = (to: number): number[] => Array.from({ length: to + 1 }, (_, at) => at);

test.each([
  ["*-*-* 02:30:00", null, { ...every, minutes: [30], hours: [2] }],
  ["daily", null, { ...every, minutes: [0], hours: [0] }],
  ["weekly", null, { ...every, minutes: [0], hours: [0], weekdays: [0] }],
  ["hourly", null, { ...every, minutes: [0], hours: all(23) }],
  ["Mon..Fri *-*-* 02:30", null, { ...every, minutes: [30], hours: [2], weekdays: [0, 1, 2, 3, 4] }],
  ["Sat,Sunday 04:00", null, { ...every, minutes: [0], hours: [4], weekdays: [5, 6] }],
  ["*-*-* 06,18:00:00", null, { ...every, minutes: [0], hours: [6, 18] }],
  ["*-*-01 00:00:00", null, { ...every, minutes: [0], hours: [0], daysOfMonth: [1] }],
  ["*:0/20", null, { ...every, minutes: [0, 20, 40], hours: all(23) }],
  ["Sun 03:10:00 Europe/Berlin", "Europe/Berlin", { ...every, minutes: [10], hours: [3], weekdays: [6] }],
])("reads %s", (text, zone, times) => {
  expect(parseOnCalendar(text)).toEqual({ zone, times });
});

test.each([
  "2030-*-* 00:00:00",
  "*-*~1 00:00:00",
  "*-*-* 25:00:00",
  "Foo 02:30",
  "",
  "*-*-* 02:30:00 UTC x y",
])("refuses %s", (text) => {
  expect(parseOnCalendar(text)).toBeNull();
});
