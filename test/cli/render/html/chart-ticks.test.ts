import { expect, test } from "vitest";
import { chartTicks } from "../../../../packages/cli/src/render/html/chart-ticks.ts";

const minutes = (text: string): number => Date.parse(`${text}Z`) / 60_000;
const ticksOf = (from: string, to: string, most: number): readonly string[] =>
  chartTicks(minutes(from), minutes(to), most).map((tick) =>
    new Date(tick * 60_000).toISOString().slice(0, 16).replace("T", " "),
  );

test("gives a narrow chart of six weeks no more dates than fit, all of them Mondays", () => {
  expect(ticksOf("2026-10-12T05:00", "2026-11-23T04:00", 4)).toEqual([
    "2026-10-26 00:00",
    "2026-11-09 00:00",
    "2026-11-23 00:00",
  ]);
});

test("gives a day its hours, a long span the beginnings of its months", () => {
  expect(ticksOf("2026-11-22T01:30", "2026-11-22T12:00", 4)).toEqual([
    "2026-11-22 03:00",
    "2026-11-22 06:00",
    "2026-11-22 09:00",
    "2026-11-22 12:00",
  ]);
  expect(ticksOf("2025-11-22T01:30", "2026-11-22T12:00", 5)).toEqual([
    "2026-01-01 00:00",
    "2026-04-01 00:00",
    "2026-07-01 00:00",
    "2026-10-01 00:00",
  ]);
});

test("never gives more than were asked for, nor one outside", () => {
  for (const days of [0.2, 1, 3, 9, 30, 119, 121, 400, 4000, 40_000])
    for (const most of [3, 4, 7]) {
      const from = minutes("2026-11-23T04:00") - days * 1440;
      const ticks = chartTicks(from, minutes("2026-11-23T04:00"), most);
      expect(ticks.length).toBeLessThanOrEqual(most);
      expect(ticks.every((tick) => tick >= from && tick <= minutes("2026-11-23T04:00"))).toBe(true);
      expect(ticks.length).toBeGreaterThan(days < 1 ? -1 : 0);
    }
});
