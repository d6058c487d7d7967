import { describe, expect, test } from "vitest";
import type { Anchor, BootClock, BootDeaths, DatedDeath, WallTime } from "@inquest/core";
import { retimedOf } from "@inquest/core";

const bootMs = Date.UTC(2026, 10, 1);
const daySeconds = 86_400;

function death(stampS: number, time: WallTime, changes: Partial<DatedDeath> = {}): DatedDeath {
  return {
    id: `k-${stampS}`,
    kind: "oom-kill",
    stampUs: stampS * 1e6,
    time,
    zone: "Europe/Berlin",
    utcOffsetS: 3600,
    name: "java",
    pid: 1,
    detail: null,
    ...changes,
  };
}

const wall = (atMs: number, errorS: number, method: WallTime["method"] = "uptime"): WallTime => ({
  atMs,
  errorS,
  method,
});

/** A boot whose own clock was read at these days, right to 10 ms, and now and then later than its stamps say. */
function clockAt(days: readonly number[], laterMs: (day: number) => number = () => 0): BootClock {
  const anchors = days.map((day): Anchor & { run: number } => {
    const atMs = bootMs + day * daySeconds * 1000 + laterMs(day);
    return {
      kind: "cpu-clock",
      stampS: day * daySeconds,
      loMs: atMs - 10,
      hiMs: atMs + 10,
      bootAtMs: null,
      run: day,
    };
  });
  return { anchors, drift: 1e-4, latestMs: bootMs + 100 * daySeconds * 1000 };
}

const alone = (...deaths: readonly DatedDeath[]): BootDeaths => ({ deaths, alerts: [], rivals: [] });
const tenth = 10 * daySeconds;
const tenthMs = bootMs + tenth * 1000;

describe("the deaths of a boot", () => {
  test("get the sharper times that all anchors give, and their offsets", () => {
    const [found] = retimedOf(clockAt([9, 10, 11, 12]), alone(death(tenth, wall(tenthMs + 50_000, 200))));
    expect(found).toMatchObject({
      id: `k-${tenth}`,
      time: { errorS: 1, method: "anchored" },
      utcOffsetS: 3600,
    });
    expect(Math.abs((found?.time.atMs ?? 0) - tenthMs)).toBeLessThan(50);
  });

  test("get wider times where a step shows that the old ones were wrong", () => {
    const stepped = clockAt([5, 6, 7, 8, 9, 10, 11, 12], (day) => (day > 9 ? 3_600_000 : 0));
    const [found] = retimedOf(stepped, alone(death(9.5 * daySeconds, wall(0, 1, "near"))));
    expect(found?.time.method).toBe("step");
    expect(found?.time.errorS).toBeGreaterThan(1700);
  });

  test("keep a time that their own line tells, unless the anchors know it closer", () => {
    const told = [
      death(tenth, wall(tenthMs - 400, 1, "exact")),
      death(tenth, wall(tenthMs - 400, 30, "imported"), { id: "k-2" }),
    ];
    expect(retimedOf(clockAt([9, 10, 11, 12]), alone(...told)).map(({ id }) => id)).toEqual(["k-2"]);
  });

  test("are left alone where next to nothing changes", () => {
    const same = death(tenth, wall(tenthMs + 20, 1, "anchored"));
    expect(retimedOf(clockAt([9, 10, 11, 12]), alone(same))).toEqual([]);
  });

  test("keep their time where there are no anchors", () => {
    expect(retimedOf({ ...clockAt([]), drift: null }, alone(death(tenth, wall(tenthMs, 300))))).toEqual([]);
  });
});
