import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseTime } from "../../../packages/cli/src/options/time.ts";

// Wednesday in Berlin (+01:00), 14:05.
const now = "2026-11-18T13:05:00Z";

function read(text: string, zone = "Europe/Berlin", end: "since" | "until" = "since", at = now): string {
  return new Date(parseTime(text, { nowMs: Date.parse(at), zone, end, option: `--${end}` })).toISOString();
}

describe("reads what journalctl reads", () => {
  test.each([
    ["2026-11-22", "2026-11-21T23:00:00.000Z"],
    ["2026-11-22 02:30", "2026-11-22T01:30:00.000Z"],
    ["2026-11-22 02:30:15", "2026-11-22T01:30:15.000Z"],
    ["2026-11-22 02:30:15.250", "2026-11-22T01:30:15.250Z"],
    ["12-11-23", "2012-11-22T23:00:00.000Z"],
    ["today UTC", "2026-11-18T00:00:00.000Z"],
    ["tomorrow Pacific/Auckland", "2026-11-19T11:00:00.000Z"],
    ["2026-7-1 2:30", "2026-07-01T00:30:00.000Z"],
    ["Sun 2026-11-22 02:30", "2026-11-22T01:30:00.000Z"],
    ["Sunday 2026-11-22", "2026-11-21T23:00:00.000Z"],
    ["2026-11-22 02:30 UTC", "2026-11-22T02:30:00.000Z"],
    ["2026-11-22 02:30:00 Asia/Shanghai", "2026-11-21T18:30:00.000Z"],
    ["02:30", "2026-11-18T01:30:00.000Z"],
    ["now", "2026-11-18T13:05:00.000Z"],
    ["today", "2026-11-17T23:00:00.000Z"],
    ["yesterday", "2026-11-16T23:00:00.000Z"],
    ["tomorrow", "2026-11-18T23:00:00.000Z"],
    ["yesterday 02:00", "2026-11-17T01:00:00.000Z"],
    ["Yesterday 02:00:30", "2026-11-17T01:00:30.000Z"],
    ["-2h", "2026-11-18T11:05:00.000Z"],
    ["2h ago", "2026-11-18T11:05:00.000Z"],
    ["2 hours ago", "2026-11-18T11:05:00.000Z"],
    ["1h 30min ago", "2026-11-18T11:35:00.000Z"],
    ["-1d12h", "2026-11-17T01:05:00.000Z"],
    ["+1h", "2026-11-18T14:05:00.000Z"],
    ["-1w", "2026-11-11T13:05:00.000Z"],
    ["-10", "2026-11-18T13:04:50.000Z"],
    ["-5m", "2026-11-18T13:00:00.000Z"],
    ["@1395716396", "2014-03-25T02:59:56.000Z"],
    ["@1395716396.5", "2014-03-25T02:59:56.500Z"],
    ["2h left", "2026-11-18T15:05:00.000Z"],
    ["+3h30min", "2026-11-18T16:35:00.000Z"],
    ["11min ago", "2026-11-18T12:54:00.000Z"],
    ["Fri 2012-11-23 11:12:13", "2012-11-23T10:12:13.000Z"],
    ["11:12:13", "2026-11-18T10:12:13.000Z"],
    ["2012-11-23T11:12+02:00", "2012-11-23T09:12:00.000Z"],
    ["500\u03bcs ago", "2026-11-18T13:05:00.000Z"],
    ["1month ago", "2026-10-19T02:35:00.000Z"],
    ["  2026-11-22  ", "2026-11-21T23:00:00.000Z"],
  ])("%s", (text, instant) => {
    expect(read(text)).toBe(instant);
  });
});

describe("reads ISO 8601", () => {
  test.each([
    ["2026-11-22T02:30", "2026-11-22T01:30:00.000Z"],
    ["2026-11-22T02:30:00Z", "2026-11-22T02:30:00.000Z"],
    ["2026-11-22t02:30:00z", "2026-11-22T02:30:00.000Z"],
    ["2026-11-22T02:30:00.125Z", "2026-11-22T02:30:00.125Z"],
    ["2026-11-22T02:30:00,125Z", "2026-11-22T02:30:00.125Z"],
    ["2026-11-22T02:30:00+08:00", "2026-11-21T18:30:00.000Z"],
    ["2026-11-22T02:30:00+0800", "2026-11-21T18:30:00.000Z"],
    ["2026-11-22T02:30+08", "2026-11-21T18:30:00.000Z"],
    ["2026-11-22T02:30:00-03:30", "2026-11-22T06:00:00.000Z"],
    ["20261122T023000Z", "2026-11-22T02:30:00.000Z"],
    ["20261122T0230+0800", "2026-11-21T18:30:00.000Z"],
    ["20261122", "2026-11-21T23:00:00.000Z"],
    ["2026-11-22 02:30 +05:45", "2026-11-21T20:45:00.000Z"],
  ])("%s", (text, instant) => {
    expect(read(text)).toBe(instant);
  });
});

test("a day word belongs to the zone, not to UTC", () => {
  expect(read("today", "Pacific/Auckland")).toBe("2026-11-18T11:00:00.000Z");
  expect(read("today", "America/Los_Angeles")).toBe("2026-11-18T08:00:00.000Z");
  expect(read("today", "+08:00")).toBe("2026-11-17T16:00:00.000Z");
});

describe("an hour that the clock shows twice", () => {
  test("starts a range at its first and ends one at its second", () => {
    expect(read("2026-10-25 02:30")).toBe("2026-10-25T00:30:00.000Z");
    expect(read("2026-10-25 02:30", "Europe/Berlin", "until")).toBe("2026-10-25T01:30:00.000Z");
  });

  test("is not in doubt with an offset", () => {
    expect(read("2026-10-25T02:30+01:00")).toBe("2026-10-25T01:30:00.000Z");
  });
});

describe("an hour that the clock skips", () => {
  test.each(["since", "until"] as const)("means the instant of the skip for %s", (end) => {
    expect(read("2026-03-29 02:30", "Europe/Berlin", end)).toBe("2026-03-29T01:00:00.000Z");
  });

  test("a day that does not begin at midnight begins when it begins", () => {
    expect(read("2026-09-06", "America/Santiago")).toBe("2026-09-06T04:00:00.000Z");
  });

  test("yesterday is a calendar day, not 24 hours", () => {
    expect(read("yesterday 12:00", "Europe/Berlin", "since", "2026-10-25T11:00:00Z")).toBe(
      "2026-10-24T10:00:00.000Z",
    );
  });
});

describe("refuses what it does not understand as a whole", () => {
  test.each([
    "",
    "soon",
    "yesterday evening",
    "2026-11-22 25:00",
    "2026-11-22 02:60",
    "2026-02-30",
    "2026-13-01",
    "2026-11-22T02:30:00 Mars/Olympus",
    "2026-11-22 02:30 CST",
    "10",
    "2 fortnights ago",
    "-2h and more",
    "2026-11-22; DROP",
    "212-11-22",
    "@",
    "--2h",
  ])("%s", (text) => {
    expect(() => read(text)).toThrow(`--since: time "${text}" is not understood`);
  });

  test("names both readings of a date with slashes", () => {
    expect(() => read("03/04/2026")).toThrow('--since: date "03/04/2026" has two readings');
  });

  test.each([
    ["03/04/2015", "has two readings", "write 2015-03-04 or 2015-04-03"],
    ["3.4.2015 02:30", "has two readings", "write 2015-03-04 or 2015-04-03"],
    ["03-04-2015", "has two readings", "write 2015-03-04 or 2015-04-03"],
    ["13/04/2015", "is written another way", "write 2015-04-13"],
    ["04/04/2015", "is written another way", "write 2015-04-04"],
  ])("says of %s that it %s", (text, problem, hint) => {
    const error = ((): unknown => {
      try {
        return read(text);
      } catch (thrown) {
        return thrown;
      }
    })();
    expect(error).toMatchObject({ message: `--since: date "${text}" ${problem}`, hint });
  });

  test("notices a weekday that is not that day's", () => {
    expect(() => read("Mon 2026-11-22")).toThrow("--since: 2026-11-22 is not a Mon");
  });
});

test("reads back every instant it could print", () => {
  fc.assert(
    fc.property(fc.date({ min: new Date(0), max: new Date("2100-01-01"), noInvalidDate: true }), (date) => {
      expect(read(date.toISOString())).toBe(date.toISOString());
    }),
  );
});
