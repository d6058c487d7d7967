import { expect, test } from "vitest";
import type { Process, ProcessSnapshot } from "@inquest/core";
import { psHolderOf } from "../../../packages/core/src/analysis/ps-holders.ts";

const atMs = Date.parse("2026-11-20T02:30:00Z");
const death = { time: { atMs, errorS: 1, method: "exact" } } as const;

type Line = readonly [name: string, uid: number, rssKiB: number | null];

function ps(agoS: number | null, lines: readonly Line[]): ProcessSnapshot {
  const rest = { ppid: 1, user: null, vszKiB: null, startText: null, args: null };
  return {
    takenAtMs: agoS === null ? null : atMs - agoS * 1000,
    processes: lines.map(([name, uid, rssKiB], pid): Process => ({ pid, name, uid, rssKiB, ...rest })),
  };
}

const earlier = ps(1260, [
  ["java", 541, 6000],
  ["view", 1000, 200],
  ["cron", 0, 1],
]);
const last = ps(60, [
  ["java", 541, 3200],
  ["java", 541, 3200],
  ["view", 1000, 3000],
  ["cron", 0, 90],
]);

test("sums by name and uid who held most, and tells who had grown since the ps before", () => {
  expect(psHolderOf(death, last, earlier)).toEqual({
    name: "java",
    uid: 541,
    count: 2,
    rssKiB: 6400,
    share: 0.674,
    takenAtMs: atMs - 60_000,
    grown: { name: "view", uid: 1000, since: "ps", fromKiB: 200, toKiB: 3000, overS: 1200 },
  });
});

test("knows no growth by one ps alone, and none where nobody grew by half", () => {
  expect(psHolderOf(death, last, null)).toMatchObject({ name: "java", grown: null });
  expect(psHolderOf(death, last, last)).toMatchObject({ name: "java", grown: null });
});

test("does not take small ones for growth, nor those that are new", () => {
  const before = ps(600, [
    ["java", 541, 6000],
    ["cron", 0, 1],
  ]);
  expect(psHolderOf(death, last, before)?.grown).toBeNull();
});

test.each([
  ["there is no ps", null],
  ["nothing tells when it was taken", ps(null, [["java", 1, 5]])],
  ["it was taken after the death", ps(-1, [["java", 1, 5]])],
  ["it tells nobody's memory", ps(60, [["java", 1, null]])],
])("knows nothing where %s", (_, before) => {
  expect(psHolderOf(death, before, null)).toBeNull();
});
