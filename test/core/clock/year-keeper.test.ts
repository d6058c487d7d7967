import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { yearCounter, yearedBy, yearKeeper } from "../../../packages/core/src/clock/year-keeper.ts";
import type { WrittenTime } from "../../../packages/core/src/model/kernel-record.ts";

const at = (text: string): number => Date.parse(text);
const dayMs = 86_400_000;

/** A date as RFC 3164 leaves it: the year cut off. */
function yearless(dateMs: number): WrittenTime {
  const localMs = new Date(dateMs).setUTCFullYear(1972);
  return { localMs, hasYear: false, offsetS: null, resolutionS: 1, by: "received" };
}

const said = (text: string): WrittenTime => ({ ...yearless(at(text)), localMs: at(text), hasYear: true });

/** The dates of a file, `2015-12-31T23:59:59Z`, as the keeper gives them back without having seen their years. */
function kept(texts: readonly string[], latest: string, firstYear: number | null = null): readonly string[] {
  const years = yearKeeper(at(latest), firstYear);
  return texts.map((text) => new Date(years(yearless(at(text))).localMs).toISOString().replace(".000", ""));
}

/** The same dates, by a count over the whole file; the line of each is its place. */
function counted(dates: readonly number[], latestMs: number): readonly number[] | null {
  const counter = yearCounter();
  dates.forEach((dateMs, line) => counter.see(yearless(dateMs).localMs, line));
  const turns = counter.turns(latestMs);
  return turns && dates.map((dateMs, line) => yearedBy(turns, yearless(dateMs), line).localMs);
}

describe("yearKeeper", () => {
  it.each([
    ["a file within a year", ["2015-03-01T00:00:00Z", "2015-11-30T00:00:00Z"], "2015-12-01T00:00:00Z"],
    [
      "a file over New Year",
      ["2015-12-31T23:59:59Z", "2016-01-01T00:00:01Z", "2016-02-01T00:00:00Z"],
      "2016-02-02T00:00:00Z",
    ],
    [
      "a file over New Year with months between its lines",
      ["2015-10-11T01:00:00Z", "2016-03-02T01:00:00Z"],
      "2016-04-01T00:00:00Z",
    ],
    [
      "two lines out of order at New Year",
      ["2016-01-01T00:00:00Z", "2015-12-31T23:59:59Z", "2016-01-01T00:00:02Z"],
      "2016-01-02T00:00:00Z",
    ],
    [
      "a clock set back by weeks",
      ["2015-04-30T00:00:00Z", "2015-04-02T00:00:00Z", "2015-05-01T00:00:00Z"],
      "2016-01-02T00:00:00Z",
    ],
    ["a line in a zone ahead of ours", ["2016-01-01T08:00:00Z"], "2015-12-31T23:00:00Z"],
    ["a leap day", ["2016-02-29T12:00:00Z", "2016-03-01T00:00:00Z"], "2016-05-01T00:00:00Z"],
    ["a leap day saved three years later", ["2012-02-29T12:00:00Z"], "2015-05-01T00:00:00Z"],
    ["a leap day of 1896, because 1900 had none", ["1896-02-29T12:00:00Z"], "1903-05-01T00:00:00Z"],
  ])("gives %s its years", (_, dates, latest) => {
    expect(kept(dates, latest)).toEqual(dates);
  });

  it("goes by the years that are written", () => {
    const years = yearKeeper(at("2026-01-01T00:00:00Z"));
    expect(years(said("2014-11-20T00:00:00Z"))).toEqual(said("2014-11-20T00:00:00Z"));
    expect(years(yearless(at("2014-12-24T00:00:00Z")))).toEqual(said("2014-12-24T00:00:00Z"));
    expect(years(yearless(at("2015-01-02T00:00:00Z")))).toEqual(said("2015-01-02T00:00:00Z"));
  });

  const twoYears = [
    "2013-11-20T00:00:00Z",
    "2014-02-01T00:00:00Z",
    "2014-12-01T00:00:00Z",
    "2015-01-04T00:00:00Z",
  ];

  it("is one year late at the beginning of a file over two New Years, and right from where that shows", () => {
    expect(kept([...twoYears, "2015-03-01T00:00:00Z"], "2015-03-02T00:00:00Z")).toEqual([
      "2014-11-20T00:00:00Z",
      "2015-02-01T00:00:00Z",
      "2014-12-01T00:00:00Z",
      "2015-01-04T00:00:00Z",
      "2015-03-01T00:00:00Z",
    ]);
  });

  it("gives a file over two New Years its years when they were counted beforehand", () => {
    expect(counted(twoYears.map(at), at("2015-03-02T00:00:00Z"))).toEqual(twoYears.map(at));
    expect(kept(twoYears, "2015-03-02T00:00:00Z", 2013)).toEqual(twoYears);
  });

  it("counts nothing where no date was seen or the dates go to and fro, and leaves a written year alone", () => {
    expect(yearCounter().turns(at("2015-03-02T00:00:00Z"))).toBeNull();
    const toAndFro = Array.from({ length: 3000 }, (_, place) =>
      at(`2014-${place % 2 ? "01" : "12"}-31T00:00:00Z`),
    );
    expect(counted(toAndFro, at("2015-03-02T00:00:00Z"))).toBeNull();
    const written = said("2014-11-20T00:00:00Z");
    expect(yearedBy([{ line: 0, year: 2013 }], written, 0)).toEqual(written);
  });

  const step = fc.integer({ min: -20_000, max: 150 * dayMs });
  const file = fc.tuple(
    fc.integer({ min: at("2009-01-01T00:00:00Z"), max: at("2030-01-01T00:00:00Z") }),
    fc.array(step, { maxLength: 30 }),
    fc.integer({ min: 30_000, max: 200 * dayMs }),
  );

  /** Dates in order, but for seconds, at most 150 days apart, and when they were saved. */
  function datesOf([startMs, steps, restMs]: [number, number[], number]): {
    readonly dates: number[];
    readonly latestMs: number;
  } {
    let dateMs = startMs;
    const dates = [dateMs, ...steps.map((stepMs) => (dateMs += stepMs))];
    return { dates, latestMs: Math.max(...dates) + restMs };
  }

  it("gives every file of less than a year its years back", () => {
    fc.assert(
      fc.property(file, (drawn) => {
        const { dates, latestMs } = datesOf(drawn);
        const recent = dates.filter((dateMs) => dateMs > latestMs - 364 * dayMs);
        const years = yearKeeper(latestMs);
        expect(recent.map((dateMs) => years(yearless(dateMs)).localMs)).toEqual(recent);
      }),
      { numRuns: 1000 },
    );
  });

  it("gives every file its years back when they were counted beforehand", () => {
    fc.assert(
      fc.property(file, (drawn) => {
        const { dates, latestMs } = datesOf(drawn);
        expect(counted(dates, latestMs)).toEqual(dates);
      }),
      { numRuns: 1000 },
    );
  });
});
