import type { Anchor } from "../model/anchor.ts";
import type { EpochMs, Seconds } from "../model/units.ts";
import { isTwoSided } from "./anchor.ts";
import type { Bounds } from "./bound-lines.ts";
import { boundLines } from "./bound-lines.ts";
import { segmentsOf } from "./segments.ts";
import type { Slope } from "./slope.ts";
import { commonRateOf, slopeOf } from "./slope.ts";

/** Stamps between two steps of the clock, and what their anchors say of a stamp. */
export interface Stretch {
  /** First and last anchor. */
  readonly fromS: Seconds;
  readonly toS: Seconds;
  /** First and last two-sided anchor; null where there is none. */
  readonly sidedFromS: Seconds | null;
  readonly sidedToS: Seconds | null;
  readonly at: (stampS: Seconds) => Bounds;
  /** Rate of the wall clock against the stamps, and how far it may be off. */
  readonly rate: number;
  readonly drift: number;
  /** `btime` as the first and the last anchor that came with one tell it. */
  readonly bootFromMs: EpochMs | null;
  readonly bootToMs: EpochMs | null;
}

/** Once a rate is known, a crystal leaves it by at most this much: temperature moves it by a few ppm. */
const wander = 8e-6;

/**
 * Cuts firm anchors, sorted by stamp, at steps: first where no drift can explain them, then, once most of a stretch agrees
 * on a rate, where it leaves that rate.
 */
export function stretchesOf(firm: readonly Anchor[], drift: number): readonly Stretch[] {
  return segmentsOf(firm, 0, drift)
    .flatMap((segment) => {
      const rate = commonRateOf(segment, drift);
      return rate === null ? [segment] : segmentsOf(segment, rate, wander);
    })
    .flatMap((segment) => stretchOf(segment, drift));
}

function stretchOf(anchors: readonly Anchor[], drift: number): readonly Stretch[] {
  const [first, last] = [anchors[0], anchors.at(-1)];
  if (first === undefined || last === undefined) return [];
  const sided = anchors.filter(isTwoSided);
  const boots = anchors.flatMap(({ bootAtMs }) => bootAtMs ?? []);
  const slope = slopeOf(anchors, drift);
  return [
    {
      fromS: first.stampS,
      toS: last.stampS,
      sidedFromS: sided[0]?.stampS ?? null,
      sidedToS: sided.at(-1)?.stampS ?? null,
      bootFromMs: boots[0] ?? null,
      bootToMs: boots.at(-1) ?? null,
      ...(slope === null
        ? { at: boundLines(anchors, 0, drift).at, rate: 0, drift }
        : { at: alongSlope(anchors, slope), rate: slope.rate, drift: wander + slope.error }),
    },
  ];
}

/** Within the anchors that a rate was measured between only the crystal's wander counts, outside also the rate's error. */
function alongSlope(
  anchors: readonly Anchor[],
  { rate, error, fromS, toS }: Slope,
): (stampS: Seconds) => Bounds {
  const inner = boundLines(anchors, rate, wander);
  const outer = boundLines(anchors, rate, wander + error);
  return (stampS) => (fromS <= stampS && stampS <= toS ? inner : outer).at(stampS);
}
