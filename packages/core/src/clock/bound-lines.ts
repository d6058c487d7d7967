import type { Anchor } from "../model/anchor.ts";
import type { EpochMs, Seconds } from "../model/units.ts";
import type { WallInterval } from "./anchor.ts";

/** What anchors allow for one stamp, and which of them made either bound; null where nothing bounds that side. */
export interface Bounds extends WallInterval {
  readonly lo: Anchor | null;
  readonly hi: Anchor | null;
}

/** Nothing is known. */
export const unbounded: Bounds = { loMs: -Infinity, hiMs: Infinity, lo: null, hi: null };

/** The bounds that a row of anchors puts on any stamp. */
export interface BoundLines {
  readonly at: (stampS: Seconds) => Bounds;
  /** Only what holds however often the wall clock ran on while the stamps stood still: no bound is led across such a pause. */
  readonly acrossPausesAt: (stampS: Seconds) => Bounds;
}

/** Where an anchor's bound leads for a stamp at a rate: 1000 ms for every second of the stamp, more or less. */
function leadLo({ loMs, stampS: fromS }: Anchor, stampS: Seconds, rate: number): EpochMs {
  return loMs + (stampS - fromS) * 1000 * (1 + rate);
}

function leadHi({ hiMs, stampS: fromS }: Anchor, stampS: Seconds, rate: number): EpochMs {
  return hiMs + (stampS - fromS) * 1000 * (1 + rate);
}

/**
 * Intersects what all anchors say of a stamp when the wall clock gains `rate` on the printk clock, give or take `drift`
 * (1e-4 = 100 ppm): the Lipschitz form of Marzullo's interval intersection (Marzullo & Owicki 1983). `anchors` are
 * sorted by stamp. Every bound is a line whose slope depends only on the side it comes from, so that the best of
 * all anchors up to a stamp is found once for all stamps behind it: n steps to prepare, log n for a stamp.
 */
export function boundLines(anchors: readonly Anchor[], rate: number, drift: number): BoundLines {
  const [slow, fast] = [rate - drift, rate + drift];
  const backwards = anchors.toReversed();
  const loBefore = runningBest(anchors, (one, other) => leadLo(one, 0, slow) >= leadLo(other, 0, slow));
  const hiBefore = runningBest(anchors, (one, other) => leadHi(one, 0, fast) <= leadHi(other, 0, fast));
  const loAfter = runningBest(
    backwards,
    (one, other) => leadLo(one, 0, fast) >= leadLo(other, 0, fast),
  ).toReversed();
  const hiAfter = runningBest(
    backwards,
    (one, other) => leadHi(one, 0, slow) <= leadHi(other, 0, slow),
  ).toReversed();
  const acrossPausesAt = (stampS: Seconds): Bounds =>
    boundsBy(loBefore[countUpTo(anchors, stampS) - 1], hiAfter[countBelow(anchors, stampS)], stampS, slow);
  return {
    acrossPausesAt,
    at: (stampS) =>
      intersection(
        acrossPausesAt(stampS),
        boundsBy(
          loAfter[countBelow(anchors, stampS)],
          hiBefore[countUpTo(anchors, stampS) - 1],
          stampS,
          fast,
        ),
      ),
  };
}

/** What one anchor allows from below and one from above, both led to a stamp at a rate. */
function boundsBy(lo: Anchor | undefined, hi: Anchor | undefined, stampS: Seconds, rate: number): Bounds {
  const loMs = lo === undefined ? -Infinity : leadLo(lo, stampS, rate);
  const hiMs = hi === undefined ? Infinity : leadHi(hi, stampS, rate);
  return {
    loMs,
    hiMs,
    lo: Number.isFinite(loMs) ? (lo ?? null) : null,
    hi: Number.isFinite(hiMs) ? (hi ?? null) : null,
  };
}

/** What two bounds allow together. */
export function intersection(one: Bounds, other: Bounds): Bounds {
  const [early, late] = [one.loMs >= other.loMs ? one : other, one.hiMs <= other.hiMs ? one : other];
  return { loMs: early.loMs, lo: early.lo, hiMs: late.hiMs, hi: late.hi };
}

/** What either of two bounds allows, and all between. */
export function hull(one: Bounds, other: Bounds): Bounds {
  const [early, late] = [one.loMs <= other.loMs ? one : other, one.hiMs >= other.hiMs ? one : other];
  return { loMs: early.loMs, lo: early.lo, hiMs: late.hiMs, hi: late.hi };
}

/** The best of all anchors up to each one. */
function runningBest(
  anchors: readonly Anchor[],
  better: (one: Anchor, other: Anchor) => boolean,
): readonly Anchor[] {
  const bests: Anchor[] = [];
  for (const anchor of anchors) {
    const best = bests.at(-1);
    bests.push(best === undefined || better(anchor, best) ? anchor : best);
  }
  return bests;
}

/** How many anchors lie before a stamp. */
function countBelow(anchors: readonly Anchor[], stampS: Seconds): number {
  return countWhile(anchors, (anchor) => anchor.stampS < stampS);
}

/** How many anchors do not lie after a stamp. */
function countUpTo(anchors: readonly Anchor[], stampS: Seconds): number {
  return countWhile(anchors, (anchor) => anchor.stampS <= stampS);
}

/** Of a row that first fulfils a condition and then no longer: how many do. */
export function countWhile<T>(row: readonly T[], holds: (item: T) => boolean): number {
  let [from, to] = [0, row.length];
  while (from < to) {
    const middle = (from + to) >>> 1;
    const item = row[middle];
    if (item !== undefined && holds(item)) from = middle + 1;
    else to = middle;
  }
  return from;
}
