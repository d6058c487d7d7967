import type { LogReading } from "@inquest/store";
import type { RingPace } from "../render/host-row.ts";

const hourMs = 3_600_000;

/**
 * How soon the ring buffer of a host runs over, by what came between its readings of late (oldest first): bytes a
 * second against the bytes it holds.
 */
export function ringPaceOf(all: readonly LogReading[]): RingPace {
  const { boot } = all.at(-1) ?? { boot: null };
  const readings = all.filter((reading) => boot !== null && reading.boot === boot);
  const [first, ...later] = readings;
  const tookMs = (readings.at(-1)?.startedMs ?? 0) - (first?.startedMs ?? 0);
  if (later.length === 0 || tookMs <= 0) return { wrapsInH: null, everyH: null };
  // The largest: a log that was cleared shows less than the ring holds.
  const ringBytes = readings.reduce((most, reading) => Math.max(most, reading.ringBytes ?? 0), 0);
  const isMeasured = later.every(({ newBytes }) => newBytes !== null);
  const newBytes = later.reduce((sum, reading) => sum + (reading.newBytes ?? 0), 0);
  const isTold = isMeasured && ringBytes > 0 && newBytes > 0;
  return {
    wrapsInH: isTold ? ((ringBytes / newBytes) * tookMs) / hourMs : null,
    everyH: tookMs / later.length / hourMs,
  };
}
