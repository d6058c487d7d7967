import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { parseUptime } from "../../../packages/core/src/parse/uptime.ts";
import { hasSharedData, sharedLines } from "../../support/shared-data.ts";

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

function loads(text: string): readonly (number | null)[] {
  const { load1, load5, load15 } = parseUptime(text);
  return [load1, load5, load15];
}

describe("parseUptime", () => {
  test.each([
    [
      " 04:46:40 up 12 days,  2:46,  1 user,  load average: 0.20, 0.10, 0.05",
      12 * day + 2 * hour + 46 * minute,
      1,
    ],
    [
      " 09:44:49 up 278 days, 19:17,  2 users,  load average: 0.45, 0.69, 0.44",
      278 * day + 19 * hour + 17 * minute,
      2,
    ],
    [" 02:57:58 up 2 days, 12 users,  load average: 240.20, 100.00, 30.00", 2 * day, 12],
    [" 02:57:58 up 1 day, 37 min,  2 users,  load average: 2.11, 1.46, 1.17", day + 37 * minute, 2],
    [
      " 14:43:32  up  8 days 23:11,  0 users,  load average: 1.85, 1.68, 1.3",
      8 * day + 23 * hour + 11 * minute,
      0,
    ],
    [" 12:44:19 up 1 day, 23:12,  0 user,  load average: 3.94, 4.43, 2.75", day + 23 * hour + 12 * minute, 0],
    ["00:03:32 up 3 min,  load average: 0.00, 0.00, 0.00", 3 * minute, null],
    ["10:09  up 3 mins, 3 users, load averages: 5.63 7.26 3.53", 3 * minute, 3],
    ["22:49  up 24 secs, 2 users, load averages: 8.37 2.09 0.76", 24, 2],
    ["  4:42pm  up 1 min(s),  0 users,  load average: 0.95, 0.25, 0.09", minute, 0],
    ["12:05am  up 174 day(s), 16 hr(s),  1 user,  load average: 0.05, 0.04, 0.03", 174 * day + 16 * hour, 1],
    [
      "  3:01pm  up 4496 day(s), 21:19,  32 users,  load average: 0.61, 0.62, 0.62",
      4496 * day + 21 * hour + 19 * minute,
      32,
    ],
    [" 10:00:00 up 1 day,  4:05,  3 users,  load average: 0,00, 0,01, 0,05", day + 4 * hour + 5 * minute, 3],
    ["up 2 weeks, 3 days, 4 hours, 5 minutes", 17 * day + 4 * hour + 5 * minute, null],
    ["up 1 year, 1 day", 366 * day, null],
    ["up 0 minutes", 0, null],
    ["up 1 hour, 1 minute", hour + minute, null],
    [
      "  02:42PM   up 41 days,   2:38,  0 users,  load average: 0.38, 0.70, 0.55",
      41 * day + 2 * hour + 38 * minute,
      0,
    ],
    [" 9:15AM  up 12 days, 4 hrs, 1 user, load averages: 0.21, 0.18, 0.15", 12 * day + 4 * hour, 1],
    ["17:06:01 up 5 days, 12 mins,  0 users,  load average: 4.1, 9.87, 10.3", 5 * day + 12 * minute, 0],
    ["top - 23:29:43 up  2:50,  0 users,  load average: 1.02, 1.11, 0.97", 2 * hour + 50 * minute, 0],
    ["web01      up 278+19:17,     2 users,  load 0.45, 0.69, 0.44", null, 2],
    [" 10:00:00 up 1 jour,  3:04,  2 utilisateurs", null, null],
  ])("reads %j", (line, uptimeS, users) => {
    expect(parseUptime(line)).toMatchObject({ uptimeS, users });
  });

  it("reads the load with a decimal point, a decimal comma and blanks between", () => {
    expect(loads("up 1 min, load average: 240.20, 100.00, 3.5")).toEqual([240.2, 100, 3.5]);
    expect(loads("up 1 min, load average: 0,10, 1,01, 10,05")).toEqual([0.1, 1.01, 10.05]);
    expect(loads("up 1 min, load averages: 1.21 2.88 0.80")).toEqual([1.21, 2.88, 0.8]);
  });

  it("would rather know nothing than half a duration", () => {
    expect(parseUptime("10:00 up 3 days and some, 2 users, load average: 0.1, 0.1, 0.1").uptimeS).toBeNull();
    expect(parseUptime("sh: uptime: not found")).toEqual({
      uptimeS: null,
      users: null,
      load1: null,
      load5: null,
      load15: null,
    });
  });

  it("passes over what is printed before it", () => {
    expect(
      parseUptime("Welcome!\r\n 10:00:00 up 5 min,  1 user,  load average: 0.00, 0.01, 0.05\r\n"),
    ).toEqual({
      uptimeS: 300,
      users: 1,
      load1: 0,
      load5: 0.01,
      load15: 0.05,
    });
  });

  it("never throws and never gets lost in a long line", () => {
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => void parseUptime(`up ${text}`)));
    expect(parseUptime(`up${" ".repeat(16_000_000)}x`).uptimeS).toBeNull();
  });
});

const published = ["uptime/facter_uptime_cases.tsv", "uptime/misc_uptime_cases.tsv"]
  .flatMap((path) => sharedLines(`logs/${path}`))
  .map((row) => row.split("\t"))
  .filter(([, seconds]) => seconds !== undefined && seconds !== "");

describe.skipIf(!hasSharedData)("parseUptime on published outputs (needs INQUEST_SHARED)", () => {
  it("has cases", () => {
    expect(published.length).toBeGreaterThan(30);
  });

  test.each(published)("reads %j", (line, seconds) => {
    expect(parseUptime(line ?? "").uptimeS).toBe(Number(seconds));
  });
});
