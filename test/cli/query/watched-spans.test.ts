import { expect, test } from "vitest";
import type { LogContinuity, Visit } from "@inquest/core";
import { spansOf } from "../../../packages/cli/src/query/watched-spans.ts";

const visitAt = (startedMs: number, continuity: LogContinuity, fromMs: number | null): Visit =>
  ({ startedMs, coverage: { continuity, fromMs } }) as Visit;

test("readings that join are one stretch, however quiet the log was between them", () => {
  expect(
    spansOf([
      visitAt(100, "first-contact", 20),
      visitAt(200, "complete", null),
      visitAt(300, "complete", 290),
    ]),
  ).toEqual([{ fromMs: 20, toMs: 300 }]);
});

test("a reading that lost records leaves the time before its first one unwatched", () => {
  expect(spansOf([visitAt(100, "first-contact", 20), visitAt(200, "lost", 150)])).toEqual([
    { fromMs: 20, toMs: 100 },
    { fromMs: 150, toMs: 200 },
  ]);
});

test("a reading that nobody can date covers nothing", () => {
  expect(spansOf([visitAt(100, "first-contact", null)])).toEqual([]);
});
