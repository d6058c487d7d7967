import { expect, test } from "vitest";
import { weekGridOf } from "../../../packages/cli/src/render/week-grid.ts";

/** Monday 2026-11-23 00:00 on a host's clock, in minutes. */
const monday = Date.UTC(2026, 10, 23) / 60_000;
const death = (localMin: number) => ({
  id: `k-${localMin}`,
  atMs: localMin * 60_000,
  localMin,
  halfMin: 0,
  name: "java",
});

test("counts episodes in their hour, and tells hours nobody watched from quiet ones", () => {
  const cells = weekGridOf([
    {
      host: "web01",
      deaths: [death(monday + 150), death(monday + 155), death(monday + 1440 * 6 + 1439)],
      watched: [{ fromMin: monday + 120, toMin: monday + 241 }],
    },
  ]);
  expect(cells).toHaveLength(168);
  expect(cells.filter(({ episodes }) => episodes > 0)).toEqual([
    { weekday: 0, hour: 2, episodes: 1, isWatched: true },
    { weekday: 6, hour: 23, episodes: 1, isWatched: false },
  ]);
  expect(cells.filter(({ isWatched }) => isWatched).map(({ hour }) => hour)).toEqual([2, 3, 4]);
});
