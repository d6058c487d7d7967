import { expect, test } from "vitest";
import { hostNotes } from "../../../packages/cli/src/render/host-notes.ts";
import type { HostRow } from "../../../packages/cli/src/render/host-row.ts";

const calm: HostRow = {
  host: "web01",
  address: null,
  groups: [],
  state: "ok",
  reason: null,
  lastOkMs: 0,
  bootAtMs: null,
  boots: 1,
  logFromMs: null,
  gaps: [],
  unbrokenFromMs: Date.parse("2026-11-20T02:15:00Z"),
  ring: { wrapsInH: null, everyH: null },
  unseenKills: null,
  clockDiffS: null,
  kills24h: 0,
  kills7d: 0,
  kills30d: 0,
};
const notes = (changes: Partial<HostRow>): readonly string[] =>
  hostNotes({ ...calm, ...changes }, { zone: "Asia/Shanghai" });

test("a host of which all is known and well needs no words", () => {
  expect(notes({ unseenKills: 0, ring: { wrapsInH: 90, everyH: 6 } })).toEqual([]);
});

test.each([
  [
    "a gap",
    { gaps: [{ fromMs: 1, toMs: 2, lost: 4, kind: "lost" }] },
    "log read without gap since 2026-11-20 10:15 +08:00",
  ],
  ["a ring too small", { ring: { wrapsInH: 3.1, everyH: 6 } }, "wraps in about 3 h, you collect every 6 h"],
  ["kills nobody saw", { unseenKills: 2 }, "2 kills without a line"],
  ["another clock", { clockDiffS: -12 }, "its clock is 12 s behind"],
] as const)("%s is told in words", (_title, changes, words) => {
  expect(notes(changes)).toEqual([words]);
});
