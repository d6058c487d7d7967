import { expect, test } from "vitest";
import { gapsOf } from "../../../packages/cli/src/query/log-gaps.ts";
import { breakOf } from "../support/summary-of.ts";

const later = { startedMs: 900, previousMs: 500, fromMs: 800 } as const;

test("a first contact is no gap", () => {
  expect(gapsOf([breakOf({ startedMs: 100, fromMs: 20 })])).toEqual([]);
});

test.each([
  ["lost", 7, { fromMs: 500, toMs: 800, lost: 7, kind: "lost" }],
  ["possible-gap", null, { fromMs: 500, toMs: 800, lost: null, kind: "possible-gap" }],
  ["new-boot", null, { fromMs: 500, toMs: 800, lost: null, kind: "new-boot" }],
] as const)(
  "a gap lies between the reading before and the first record: %s",
  (continuity, lostRecords, gap) => {
    expect(gapsOf([breakOf({ ...later, continuity, lostRecords })])).toEqual([gap]);
  },
);

test("after a boot that is read from its start, only the old boot's last words may be missing", () => {
  const gaps = gapsOf([breakOf({ ...later, continuity: "new-boot", isFromBoot: true, bootAtMs: 700 })]);
  expect(gaps).toEqual([{ fromMs: 500, toMs: 700, lost: null, kind: "new-boot" }]);
});

test("records missing within a reading are lost between what was known before and the visit", () => {
  const gaps = gapsOf([breakOf({ ...later, fromMs: 10, continuity: "complete", lostRecords: 2 })]);
  expect(gaps).toEqual([{ fromMs: 500, toMs: 900, lost: 2, kind: "lost" }]);
});

test("a gap never ends before it begins, and one that nobody can date has no end", () => {
  expect(gapsOf([breakOf({ ...later, fromMs: 400, continuity: "lost", lostRecords: 1 })])).toMatchObject([
    { fromMs: 500, toMs: 500 },
  ]);
  expect(gapsOf([breakOf({ ...later, fromMs: null, continuity: "possible-gap" })])).toMatchObject([
    { fromMs: 500, toMs: null },
  ]);
});
