import { describe, expect, test } from "vitest";
import type { LogPair } from "../../../packages/core/src/model/anchor.ts";
import { logAnchorsOf } from "../../../packages/core/src/clock/log-anchors.ts";

const bootMs = Date.UTC(2026, 10, 1);
const pair = (kind: LogPair["kind"], stampS: number, lateMs: number): LogPair => ({
  kind,
  stampS,
  fromMs: bootMs + stampS * 1000 + lateMs,
  toMs: bootMs + stampS * 1000 + lateMs,
});

describe("a record that a daemon received", () => {
  test("was written up to two seconds before", () => {
    const [anchor] = logAnchorsOf([pair("journal", 1000, 5)], null, 1e-4);
    expect(anchor).toMatchObject({ loMs: bootMs + 998_005, hiMs: bootMs + 1_000_005 });
  });

  test("may have waited in the backlog of a boot", () => {
    expect(logAnchorsOf([pair("syslog", 3, 20_000)], null, 1e-4)[0]?.loMs).toBe(-Infinity);
  });

  test("has waited where a later one came sooner", () => {
    const anchors = logAnchorsOf([pair("journal", 1000, 90_000), pair("journal", 1080, 10_000)], null, 1e-4);
    expect(anchors.map(({ loMs }) => loMs === -Infinity)).toEqual([true, false]);
    expect(anchors[1]?.hiMs).toBe(bootMs + 1_090_000);
  });
});

test("a record of audit was printed at its own time or somewhat later", () => {
  const anchors = logAnchorsOf([pair("audit", 1000, -1), pair("audit", 1100, -30_000)], null, 1e-4);
  expect(anchors[0]).toMatchObject({ loMs: bootMs + 999_999, hiMs: bootMs + 1_001_999 });
  expect(anchors[1]).toMatchObject({ loMs: bootMs + 1_070_000, hiMs: Infinity });
});

test("the hardware clock is believed where btime agrees with it", () => {
  const rtc = [pair("rtc", 1.5, 400)];
  expect(logAnchorsOf(rtc, bootMs, 1e-4)).toHaveLength(1);
  expect(logAnchorsOf(rtc, bootMs + 60_000, 1e-4)).toEqual([]);
  expect(logAnchorsOf(rtc, null, 1e-4)).toEqual([]);
});
