import { expect, test } from "vitest";
import { growthsSincePs } from "../../../packages/core/src/analysis/growths-since-ps.ts";
import type { Process, ProcessSnapshot } from "../../../packages/core/src/index.ts";

const atMs = Date.parse("2026-11-20T02:30:00Z");
const death = {
  time: { atMs, errorS: 1, method: "exact" },
  suspects: [{ name: "a-name-of-15-chr", uid: 7, count: 2, rssKiB: 900, swapKiB: null, share: 0.9 }],
} as const;
const suspect = { ...death.suspects[0], name: "a-name-of-15-ch" };

function ps(takenAtMs: number | null, rows: readonly Partial<Process>[]): ProcessSnapshot {
  const row = {
    pid: 1,
    ppid: null,
    uid: 7,
    user: null,
    name: "a-name-of-15-chr",
    args: null,
    startText: null,
  };
  return {
    takenAtMs,
    processes: rows.map((one) => ({ ...row, rssKiB: 100, vszKiB: null, ...one })),
  };
}

const grown = (before: ProcessSnapshot | null) => growthsSincePs({ ...death, suspects: [suspect] }, before);

test("sums all of one name and uid, names compared as the kernel cuts them", () => {
  const before = ps(atMs - 60_000, [{}, { pid: 2, rssKiB: 200 }, { pid: 3, uid: 8 }, { pid: 4, name: "b" }]);
  expect(grown(before)).toEqual([
    { name: "a-name-of-15-ch", uid: 7, since: "ps", fromKiB: 300, toKiB: 900, overS: 60 },
  ]);
});

test.each([
  ["there is no ps", null],
  ["nothing tells when it was taken", ps(null, [{}])],
  ["it was taken after the death", ps(atMs + 1, [{}])],
  ["it shows no such process", ps(atMs - 1, [{ uid: 8 }])],
  ["it does not tell what one of them held", ps(atMs - 1, [{}, { rssKiB: null }])],
  ["they held nothing", ps(atMs - 1, [{ rssKiB: 0 }])],
])("knows no growth where %s", (_, before) => {
  expect(grown(before)).toEqual([null]);
});
