import type { Method } from "./methods.ts";
import type { SimulatedHost } from "./simulate-host.ts";

/** How a method did on the lines of one age. */
export interface Score {
  readonly lines: number;
  readonly medianS: number;
  readonly p95S: number;
  /** Median of the half-widths it stated. */
  readonly statedS: number;
  /** Share of the lines whose truth lies in the stated interval. */
  readonly inside: number;
  /** Lines that it gave no time. */
  readonly untimed: number;
}

/** Ages of lines, days before the last collection. */
const ages: readonly { readonly name: string; readonly from: number; readonly to: number }[] = [
  { name: "< 1 d", from: 0, to: 1 },
  { name: "1-7 d", from: 1, to: 7 },
  { name: "7-30 d", from: 7, to: 30 },
  { name: "> 30 d", from: 30, to: Infinity },
  { name: "all < 30 d", from: 0, to: 30 },
  { name: "all", from: 0, to: Infinity },
];

const dayMs = 86_400_000;

/** Dates all lines of the hosts by a method and scores it by age. */
export function scoresOf(
  hosts: readonly SimulatedHost[],
  { isFor, date }: Method,
): ReadonlyMap<string, Score> {
  const dated = hosts.filter(isFor).flatMap((host) => {
    const endMs = host.visits.at(-1)?.reading.afterMs ?? 0;
    return date(host).map(({ atMs, errorS }, at) => {
      const trueMs = host.lines[at]?.trueMs ?? NaN;
      return { ageMs: endMs - trueMs, missS: Math.abs((atMs ?? NaN) - trueMs) / 1000, errorS: errorS ?? NaN };
    });
  });
  return new Map(
    ages.map(({ name, from, to }) => {
      const aged = dated.filter(({ ageMs }) => from * dayMs <= ageMs && ageMs < to * dayMs);
      const timed = aged.filter(({ missS }) => !Number.isNaN(missS));
      const misses = timed.map(({ missS }) => missS);
      const stated = timed.map(({ errorS }) => errorS);
      return [
        name,
        {
          lines: aged.length,
          medianS: quantile(misses, 0.5),
          p95S: quantile(misses, 0.95),
          statedS: quantile(stated, 0.5),
          inside: timed.filter(({ missS, errorS }) => missS <= errorS).length / timed.length,
          untimed: aged.length - timed.length,
        },
      ];
    }),
  );
}

function quantile(numbers: readonly number[], share: number): number {
  const sorted = numbers.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;
}
