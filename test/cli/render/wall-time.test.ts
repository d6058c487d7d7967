import { expect, test } from "vitest";
import {
  formatCount,
  formatKiB,
  formatShare,
  formatTook,
} from "../../../packages/cli/src/render/quantity.ts";
import {
  formatError,
  formatInstant,
  formatStamp,
  formatUtc,
  formatWallTime,
} from "../../../packages/cli/src/render/wall-time.ts";

const atMs = Date.parse("2015-04-22T02:56:49.999Z");
const nowMs = Date.parse("2015-04-23T00:00:00Z");

test("tells a time with its zone and its honest error", () => {
  const time = { atMs, errorS: 7.5, method: "bracketed" } as const;
  expect(formatWallTime(time, "Asia/Shanghai", nowMs)).toBe("2015-04-22 10:56:49 +08:00 ± 7.5 s");
  expect(formatWallTime(time, "America/St_Johns", nowMs)).toBe("2015-04-22 00:26:49 -02:30 ± 7.5 s");
});

test("never tells a time later than now", () => {
  const time = { atMs: Date.parse("2016-02-12T00:00:00Z"), errorS: 1, method: "uptime" } as const;
  expect(formatWallTime(time, "UTC", nowMs)).toBe("2015-04-23 00:00:00 +00:00 ± 1 s");
});

test("has no words for a time that nobody knows", () => {
  expect(formatWallTime({ atMs: null, errorS: null, method: "ordered-only" }, "UTC", nowMs)).toBeNull();
});

test.each([
  [0.4, "0.4 s"],
  [0.41, "0.5 s"],
  [1, "1 s"],
  [7.5, "7.5 s"],
  [9.91, "10 s"],
  [10.05, "11 s"],
  [90, "90 s"],
  [91, "2 min"],
  [400, "7 min"],
  [5400, "90 min"],
  [5401, "1.6 h"],
  [36_100, "11 h"],
  [172_800, "48 h"],
  [172_801, "2.1 d"],
])("an error of %d s is told as %s, never as less", (errorS, told) => {
  expect(formatError(errorS)).toBe(told);
});

test("writes stamps as dmesg does, instants as ISO 8601 does", () => {
  expect(formatStamp(28_325_872_177_364)).toBe("[28325872.177364]");
  expect(formatStamp(5)).toBe("[0.000005]");
  expect(formatUtc(atMs)).toBe("2015-04-22T02:56:49Z");
  expect(formatInstant(atMs, "Nowhere/AtAll")).toBe("2015-04-22 02:56:49");
});

test("writes memory as people read it", () => {
  expect([0, 696, 1023, 1024, 8_022_516, 104_857_600, 1_073_741_824].map(formatKiB)).toEqual([
    "0 KiB",
    "696 KiB",
    "1023 KiB",
    "1.0 MiB",
    "7.7 GiB",
    "100 GiB",
    "1.0 TiB",
  ]);
});

test("writes shares, counts and spans to the point", () => {
  expect([0.925, 0.004, 0, 1].map(formatShare)).toEqual(["93 %", "<1 %", "<1 %", "100 %"]);
  expect([formatCount(1, "kill"), formatCount(51, "kill"), formatCount(0, "kill")]).toEqual([
    "1 kill",
    "51 kills",
    "0 kills",
  ]);
  expect([400, 12_300, 240_000, 18_000_000, 1e9].map(formatTook)).toEqual([
    "0.4 s",
    "12 s",
    "4 min",
    "5 h",
    "12 d",
  ]);
});
