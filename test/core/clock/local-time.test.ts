import { expect, test } from "vitest";
import {
  fixedZone,
  hostZoneOf,
  localTimeOf,
  utcOffsetOf,
} from "../../../packages/core/src/clock/local-time.ts";

const at = (text: string): number => Date.parse(text);

test("tells the wall clock of a host in Shanghai", () => {
  expect(localTimeOf(at("2015-04-22T02:56:49.500Z"), "Asia/Shanghai")).toEqual({
    date: "2015-04-22",
    time: "10:56:49",
    hour: 10,
    weekday: 3,
    timeOfDayS: 10 * 3600 + 56 * 60 + 49.5,
    utcOffset: "+08:00",
  });
});

test("reads a fixed offset as a zone", () => {
  const local = localTimeOf(at("2026-11-22T23:30:00Z"), "-03:30");
  expect(local).toMatchObject({ date: "2026-11-22", time: "20:00:00", utcOffset: "-03:30", weekday: 7 });
});

test.each([
  ["2026-03-29T00:59:59.999Z", "01:59:59", "+01:00"],
  ["2026-03-29T01:00:00Z", "03:00:00", "+02:00"],
  ["2026-10-25T00:59:59Z", "02:59:59", "+02:00"],
  ["2026-10-25T01:00:00Z", "02:00:00", "+01:00"],
  ["2026-03-29T00:00:00Z", "01:00:00", "+01:00"],
])("follows summer time in Berlin: %s is %s %s", (instant, time, utcOffset) => {
  expect(localTimeOf(at(instant), "Europe/Berlin")).toMatchObject({ time, utcOffset });
});

test("agrees with Intl on every hour of a year in a zone with half-hour offset", () => {
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone: "America/St_Johns",
    hourCycle: "h23",
    hour: "2-digit",
    minute: "2-digit",
  });
  const start = at("2026-01-01T00:00:00Z");
  for (let hour = 0; hour < 366 * 24; hour += 1) {
    const atMs = start + hour * 3_600_000;
    expect(localTimeOf(atMs, "America/St_Johns")?.time.slice(0, 5)).toBe(format.format(atMs));
  }
});

test("writes offsets as ISO 8601 does", () => {
  expect([28_800, -12_600, 0, 20_700].map(fixedZone)).toEqual(["+08:00", "-03:30", "+00:00", "+05:45"]);
});

test("has no answer for a zone that does not exist, whoever named it", () => {
  expect(utcOffsetOf(0, "Mars/Olympus")).toBeNull();
  expect(localTimeOf(0, "../../etc/passwd")).toBeNull();
  expect(localTimeOf(0, "")).toBeNull();
  expect(localTimeOf(1e300, "UTC")).toBeNull();
});

test("prefers a host's zone over its offset, and its offset over nothing", () => {
  expect(hostZoneOf({ zone: "Asia/Shanghai", utcOffsetS: 0 })).toBe("Asia/Shanghai");
  expect(hostZoneOf({ zone: "Not/AZone", utcOffsetS: 28_800 })).toBe("+08:00");
  expect(hostZoneOf({ zone: null, utcOffsetS: -12_600 })).toBe("-03:30");
  expect(hostZoneOf({ zone: null, utcOffsetS: null })).toBeNull();
});
