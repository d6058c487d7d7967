import { describe, expect, test } from "vitest";
import type { BootDeaths, DatedDeath, WallTime } from "@inquest/core";
import { alertAnchorsOf } from "../../../packages/core/src/clock/alert-anchors.ts";

const alertMs = Date.UTC(2015, 3, 18, 18, 57, 58);
const at = (atMs: number | null, errorS = 1200): WallTime =>
  atMs === null
    ? { atMs: null, errorS: null, method: "ordered-only" }
    : { atMs, errorS, method: "foreign-uptime" };

function death(stampS: number | null, time: WallTime, changes: Partial<DatedDeath> = {}): DatedDeath {
  const stampUs = stampS === null ? null : stampS * 1e6;
  const base = { id: "k-1", kind: "oom-kill", zone: null, utcOffsetS: null, detail: null } as const;
  return { ...base, stampUs, time, name: "java", pid: 4711, ...changes };
}

/** The anchors of one alert among these deaths of the boot and others of the host. */
function anchors(
  detail: string,
  deaths: readonly DatedDeath[],
  others: Partial<BootDeaths> = {},
  alertTime: WallTime = at(alertMs, 1),
) {
  const alert = death(null, alertTime, { kind: "alert", name: null, pid: null, detail });
  return alertAnchorsOf(
    { deaths, alerts: [alert], rivals: [], ...others },
    (stampUs) => deaths.find((one) => one.stampUs === stampUs)?.time ?? at(null),
  );
}

describe("an alert", () => {
  test("dates the one death that it names to minutes before it", () => {
    expect(anchors("C xxx041 JVM gone", [death(100, at(alertMs + 600_000))])).toEqual([
      { kind: "alert", stampS: 100, loMs: alertMs - 301_000, hiMs: alertMs + 6000, bootAtMs: null },
    ]);
  });

  test("dates a death that has no time yet", () => {
    expect(anchors("process 4711 is gone", [death(100, at(null))])).toHaveLength(1);
  });

  test("sets no clock where it names nobody, or somebody else", () => {
    expect(anchors("load is 120", [death(100, at(alertMs))])).toEqual([]);
    expect(anchors("javac is gone", [death(100, at(alertMs))])).toEqual([]);
  });

  test("sets no clock where it can mean two deaths", () => {
    const two = [death(100, at(alertMs)), death(160, at(alertMs + 60_000))];
    expect(anchors("java is gone", two)).toEqual([]);
    expect(anchors("java is gone", two.slice(0, 1), { rivals: two.slice(1) })).toEqual([]);
    expect(anchors("java is gone", two.slice(0, 1), { rivals: [death(null, at(null))] })).toEqual([]);
  });

  test("sets no clock for a death of another hour, or where its own hour is not known", () => {
    expect(anchors("java is gone", [death(100, at(alertMs - 4 * 3_600_000))])).toEqual([]);
    expect(anchors("java is gone", [death(100, at(alertMs))], {}, at(alertMs, 50_000))).toEqual([]);
  });
});
