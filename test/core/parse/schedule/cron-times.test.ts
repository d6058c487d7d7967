import { expect, test } from "vitest";
import { parseCronTimes } from "../../../../packages/core/src/parse/schedule/cron-times.ts";

const every = { daysOfMonth: null, months: null, weekdays: null, eitherDay: false };

test.each([
  ["20 2 * * *", { ...every, minutes: [20], hours: [2] }],
  ["@daily", { ...every, minutes: [0], hours: [0] }],
  ["@Midnight", { ...every, minutes: [0], hours: [0] }],
  ["@weekly", { ...every, minutes: [0], hours: [0], weekdays: [6] }],
  ["@monthly", { ...every, minutes: [0], hours: [0], daysOfMonth: [1] }],
  ["0,30 8-10/2 * * *", { ...every, minutes: [0, 30], hours: [8, 10] }],
  ["0 0 * JAN,mar-MAY *", { ...every, minutes: [0], hours: [0], months: [1, 3, 4, 5] }],
  ["0 0 * * sun,0,7", { ...every, minutes: [0], hours: [0], weekdays: [6] }],
  ["0 0 * * 5-7", { ...every, minutes: [0], hours: [0], weekdays: [4, 5, 6] }],
  ["0 0 13 * 5", { ...every, minutes: [0], hours: [0], daysOfMonth: [13], weekdays: [4], eitherDay: true }],
  ["0 0 */10 * 5", { ...every, minutes: [0], hours: [0], daysOfMonth: [1, 11, 21, 31], weekdays: [4] }],
])("reads %s", (text, times) => {
  expect(parseCronTimes(text)).toEqual(times);
});

test("knows that @reboot is not by the clock", () => {
  expect(parseCronTimes("@reboot")).toBeNull();
});

test.each([
  "60 2 * * *",
  "0 24 * * *",
  "0 0 0 * *",
  "0 0 * 13 *",
  "0 0 * * 8",
  "5-1 0 * * *",
  "5/15 0 * * *",
  "*/0 0 * * *",
  "1,,2 0 * * *",
  "0 0 L * *",
  "0 0 * *",
  "0 0 * * * *",
  "mon 0 * * *",
  "@sometimes",
  "0 0 * * fri-sun",
  "1-2-3 0 * * *",
  "",
])("refuses %s", (text) => {
  expect(parseCronTimes(text)).toBeUndefined();
});
