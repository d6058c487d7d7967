import { expect, test } from "vitest";
import { spansOf } from "../../../packages/cli/src/query/watched-spans.ts";
import { breakOf, summaryOf } from "../support/summary-of.ts";

const spans = (readMs: number, ...breaks: Parameters<typeof breakOf>[0][]) =>
  spansOf(summaryOf("web01", readMs, breaks.map(breakOf)));

test("readings that join are one stretch, however quiet the log was between them", () => {
  expect(spans(300, { startedMs: 100, fromMs: 20 })).toEqual([{ fromMs: 20, toMs: 300 }]);
});

test("a reading that lost records leaves the time before its first one unwatched", () => {
  expect(
    spans(
      200,
      { startedMs: 100, fromMs: 20 },
      { startedMs: 200, previousMs: 100, continuity: "lost", lostRecords: 3, fromMs: 150 },
    ),
  ).toEqual([
    { fromMs: 20, toMs: 100 },
    { fromMs: 150, toMs: 200 },
  ]);
});

test("records missing within a reading do not part what joins", () => {
  const within = { startedMs: 200, previousMs: 100, continuity: "complete", lostRecords: 3 } as const;
  expect(spans(200, { startedMs: 100, fromMs: 20 }, within)).toEqual([{ fromMs: 20, toMs: 200 }]);
});

test("a reading that nobody can date covers nothing before it, and what follows it is watched", () => {
  expect(spans(100, { startedMs: 100 })).toEqual([]);
  expect(spans(300, { startedMs: 100 })).toEqual([{ fromMs: 100, toMs: 300 }]);
});

test("a host clock that is behind has read up to its own time only", () => {
  const summary = summaryOf("web01", 9000, [breakOf({ startedMs: 9000, fromMs: 20 })], { clockDiffS: -3 });
  expect(spansOf(summary)).toEqual([{ fromMs: 20, toMs: 6000 }]);
});
