import { expect, test } from "vitest";
import type { HostRow } from "../../../../packages/cli/src/render/host-row.ts";
import { notCovered } from "../../../../packages/cli/src/render/html/not-covered.ts";
import { tallyIncidents } from "../../../../packages/cli/src/render/incident-totals.ts";

const nowMs = Date.parse("2026-11-23T03:00:00Z");
const calm: HostRow = {
  host: "web01",
  address: null,
  groups: [],
  state: "ok",
  reason: null,
  lastOkMs: nowMs,
  bootAtMs: null,
  boots: 1,
  logFromMs: null,
  gaps: [],
  unbrokenFromMs: null,
  ring: { wrapsInH: null, everyH: null },
  unseenKills: 0,
  clockDiffS: null,
  kills24h: 0,
  kills7d: 0,
  kills30d: 0,
};
const toldOf = (change: Partial<HostRow>): string =>
  notCovered({
    coverage: [{ ...calm, ...change }],
    tally: tallyIncidents().tally(),
    undated: 0,
    nowMs,
    zone: "UTC",
    fallbackZone: "UTC",
    sinceMs: null,
    untilMs: null,
  }).markup;

test("a host of which all was read is in no list", () => {
  expect(toldOf({})).toContain("Every host was read, and no break in a log is known.");
});

test.each([
  ["kills that the kernel counted and nobody saw", { unseenKills: 2 }, "<li>web01: 2 kills</li>"],
  [
    "records that are proven lost",
    { gaps: [{ fromMs: 0, toMs: null, lost: 4, kind: "lost" }] },
    "<li>web01: 4 records lost after 1970-01-01 00:00</li>",
  ],
  [
    "the end of the boot before",
    { gaps: [{ fromMs: 0, toMs: null, lost: null, kind: "new-boot" }] },
    "<li>web01: the last words of the boot before are missing after 1970-01-01 00:00</li>",
  ],
] as const)("tells %s", (_title, change, words) => {
  expect(toldOf(change)).toContain(words);
});
