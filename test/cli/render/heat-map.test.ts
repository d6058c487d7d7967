import { expect, test } from "vitest";
import { formatHeatMap } from "../../../packages/cli/src/render/heat-map.ts";

const mondayMin = Date.UTC(2026, 10, 2) / 60_000;
const death = (localMin: number) => ({
  id: "k-1",
  atMs: localMin * 60_000,
  localMin,
  halfMin: 0,
  name: null,
});
const host = {
  host: "web01",
  groups: [],
  watched: [],
  jobs: [],
  deaths: [death(mondayMin + 150), death(mondayMin + 151)],
};

test("counts a storm once, in its weekday and hour", () => {
  const lines = formatHeatMap([host], { color: false }).split("\n");
  expect(lines[1]?.startsWith("Mon   .  .  1  .")).toBe(true);
  expect(lines.slice(0, 8).map(({ length }) => length)).toEqual(Array.from({ length: 8 }, () => 80));
});

test("leaves hours that nobody watched blank", () => {
  const watched = [{ fromMin: mondayMin + 120, toMin: mondayMin + 240 }];
  const lines = formatHeatMap([{ ...host, watched }], { color: false }).split("\n");
  expect(lines[1]).toBe(`${"Mon         1  .".padEnd(76)}   1`);
  expect(lines[2]).toBe(`${"Tue".padEnd(76)}   0`);
});

test("shades on a terminal", () => {
  expect(formatHeatMap([host], { color: true })).toContain("\u001b[");
});
