import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findRecurrences } from "../../../../packages/core/src/analysis/recurrence/find-recurrences.ts";
import { historyOf, minuteAt, mondayMin } from "./history-of.ts";

const nights = (days: readonly number[], hour = 2, minute = 31): number[] =>
  days.map((day, at) => minuteAt(day, hour, minute + ((at * 7) % 11) - 5));

describe("a time of the day", () => {
  test("is found with its centre, its nights and the nights that were watched", () => {
    const watched = [{ fromMin: mondayMin, toMin: mondayMin + 41 * 1440 }];
    const [found, ...others] = findRecurrences([
      historyOf("web01", nights([0, 3, 5, 6, 9, 12, 20, 31, 40]), { watched }),
    ]);
    expect(others).toEqual([]);
    expect(found).toMatchObject({ kind: "daily", periodMin: 1440, level: "recurring", seen: 9, watched: 41 });
    expect(Math.abs((found?.centerMin ?? 0) - 151)).toBeLessThan(3);
    expect(found?.p).toBeLessThan(1e-4);
  });

  test("around midnight is one, not two", () => {
    const days = [0, 1, 2, 4, 7].map((day, at) => minuteAt(day, 24, at % 2 === 0 ? -6 : 5));
    const [found, ...others] = findRecurrences([historyOf("web01", days)]);
    expect(others).toEqual([]);
    expect(found).toMatchObject({ kind: "daily", seen: 5, level: "recurring" });
  });

  test("on working days only is called so", () => {
    const [found] = findRecurrences([historyOf("web01", nights([0, 1, 2, 3, 4, 7, 8, 9, 10, 11]))]);
    expect(found?.kind).toBe("weekdays");
  });

  test("of one weekday is weekly and counts from Monday", () => {
    const [found] = findRecurrences([historyOf("web01", nights([2, 9, 16, 23, 30], 4, 0))]);
    expect(found).toMatchObject({ kind: "weekly", periodMin: 10_080, seen: 5 });
    expect(Math.abs((found?.centerMin ?? 0) - minuteAt(2, 4, 0))).toBeLessThan(10);
  });

  test("that creeps is said to, and stands where it is now", () => {
    const days = Array.from({ length: 20 }, (_, day) => minuteAt(day, 2, 0) + 2 * day + (day % 3));
    const [found] = findRecurrences([historyOf("web01", days)]);
    expect(found?.driftMinPerDay).toBeCloseTo(2, 1);
    expect(Math.abs((found?.centerMin ?? 0) - 159)).toBeLessThan(4);
  });

  test("of two jobs a day is two", () => {
    const days = [0, 1, 2, 3, 4, 5, 6, 7];
    const found = findRecurrences([historyOf("web01", [...nights(days, 2, 31), ...nights(days, 15, 10)])]);
    expect(found.map(({ kind }) => kind)).toEqual(["daily", "daily"]);
  });
});

test("every six hours is found as one period, not as four jobs", () => {
  const times = Array.from({ length: 24 }, (_, at) => at * 360 + 40 + (at % 3));
  const [found] = findRecurrences([historyOf("web01", times)]);
  expect(found).toMatchObject({ kind: "every_360m", periodMin: 360, level: "recurring" });
});

test("an even interval off the clock is a leak, not a time of the day", () => {
  const times = Array.from({ length: 14 }, (_, at) => at * 437 + ((at * 13) % 7) * 5);
  const [found] = findRecurrences([historyOf("web01", times)]);
  expect(found).toMatchObject({ kind: "interval", centerMin: null });
  expect(Math.abs((found?.periodMin ?? 0) - 437)).toBeLessThan(30);
});

describe("a restart loop", () => {
  const every = (minutes: number, count: number): readonly number[] =>
    Array.from({ length: count }, (_, at) => 900 + at * minutes + (((at * 13) % 7) - 3) * minutes * 0.04);

  test.each([3, 9.5])(
    "of %d minutes is told with its period, though the deaths are one storm or several",
    (minutes) => {
      const [found, ...others] = findRecurrences([historyOf("web01", every(minutes, 30))]);
      expect(others).toEqual([]);
      expect(found).toMatchObject({
        kind: "interval",
        level: "recurring",
        seen: 30,
        centerMin: null,
        hosts: ["web01"],
      });
      expect(found?.periodMin).toBeCloseTo(minutes, 0);
    },
  );

  test("is no storm of many workers, and no few deaths at random", () => {
    const storm = Array.from({ length: 51 }, (_, at) => 900 + at / 65);
    const chance = [0, 1.5, 9.2, 10, 17.4, 18.1, 29.9, 31].map((minute) => 900 + minute);
    for (const times of [storm, chance]) expect(findRecurrences([historyOf("web01", times)])).toEqual([]);
  });
});

describe("few nights", () => {
  test("of one host are a lead with the chance of luck, never more", () => {
    const [found, ...others] = findRecurrences([
      historyOf("web01", [minuteAt(0, 2, 57) + 58 / 60, minuteAt(11, 2, 23) + 47 / 60]),
    ]);
    expect(others).toEqual([]);
    expect(found).toMatchObject({ kind: "daily", level: "possible", seen: 2 });
    expect(found?.p).toBeCloseTo((2 * (34 + 11 / 60)) / 1440, 6);
  });

  test("on two hosts of a group are a lead of the group, and the third night makes a recurrence", () => {
    const groups = ["temai"];
    const two = [
      historyOf("xxx127", [minuteAt(0, 2, 57)], { groups }),
      historyOf("xxx040", [minuteAt(11, 2, 23)], { groups }),
    ];
    expect(findRecurrences(two)).toMatchObject([
      { group: "temai", level: "possible", seen: 2, hosts: ["xxx040", "xxx127"] },
    ]);
    const third = historyOf("xxx041", [minuteAt(15, 2, 41)], { groups });
    expect(findRecurrences([...two, third])).toMatchObject([
      { group: "temai", level: "recurring", seen: 3, hosts: ["xxx040", "xxx041", "xxx127"] },
    ]);
  });

  test("far apart are nothing", () => {
    expect(findRecurrences([historyOf("web01", [minuteAt(0, 2, 0), minuteAt(5, 5, 0)])])).toEqual([]);
  });
});

describe("what is no recurrence", () => {
  test("51 kills in 47 s are one night", () => {
    const storm = Array.from({ length: 51 }, (_, at) => minuteAt(3, 2, 30) + (at * 47) / 51 / 60);
    expect(findRecurrences([historyOf("web01", storm)])).toEqual([]);
  });

  test("a shock that many hosts share counts once", () => {
    const groups = ["web"];
    const hosts = Array.from({ length: 8 }, (_, at) =>
      historyOf(`web0${at}`, [minuteAt(5, 11, at)], { groups }),
    );
    expect(findRecurrences(hosts)).toEqual([]);
  });

  test("a host that is only watched by day is not recurring by day", () => {
    const watched = Array.from({ length: 30 }, (_, day) => ({
      fromMin: mondayMin + minuteAt(day, 10, 0),
      toMin: mondayMin + minuteAt(day, 12, 0),
    }));
    const times = [0, 4, 9, 13, 22, 28].map((day, at) => minuteAt(day, 10, 5 + at * 21));
    const levels = findRecurrences([historyOf("web01", times, { watched })]).map(({ level }) => level);
    expect(levels).not.toContain("recurring");
  });
});

test("order and repeats of deaths, and the number of the week, change nothing", () => {
  const times = nights([0, 3, 5, 6, 9]);
  const plain = findRecurrences([historyOf("web01", times)]);
  fc.assert(
    fc.property(
      fc.shuffledSubarray(times, { minLength: times.length }),
      fc.integer({ min: 0, max: 500 }),
      (mixed, weeks) => {
        const moved = mixed.map((time) => time + weeks * 10_080);
        const found = findRecurrences([historyOf("web01", [...moved, ...moved])]);
        expect(found.map(({ kind, level, seen }) => ({ kind, level, seen }))).toEqual(
          plain.map(({ kind, level, seen }) => ({ kind, level, seen })),
        );
        expect(found[0]?.centerMin).toBeCloseTo(plain[0]?.centerMin ?? 0, 6);
        expect(found[0]?.p).toBeCloseTo(plain[0]?.p ?? 0, 9);
      },
    ),
    { numRuns: 30 },
  );
});

test("turning the clock turns the answer with it", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1439 }), (turn) => {
      const [found] = findRecurrences([
        historyOf(
          "web01",
          nights([0, 1, 3, 4, 5, 8, 10]).map((time) => time + turn),
        ),
      ]);
      expect(found?.kind).toMatch(/^(?:daily|weekdays)$/);
      const off = ((((found?.centerMin ?? 0) - 151 - turn) % 1440) + 1440) % 1440;
      expect(Math.min(off, 1440 - off)).toBeLessThan(4);
    }),
    { numRuns: 40 },
  );
});
