import type { Seconds } from "../model/units.ts";
import type { Anchor } from "../model/anchor.ts";
import { isTwoSided } from "./anchor.ts";

/** How much the wall clock gains on the printk clock: 1e-5 is a second in 100,000, give or take `error`. */
export interface Slope {
  readonly rate: number;
  readonly error: number;
  /** Stamps of the two anchors it was measured between. */
  readonly fromS: Seconds;
  readonly toS: Seconds;
}

/** A rate that is known no better than this share of what drift may be at all is of no use. */
const usefulShare = 1 / 4;

/**
 * The rate between the two-sided anchors furthest apart; null while two stretches of time have not shown it: in one
 * alone a pause too short to break the drift bound would look like a rate.
 */
export function slopeOf(anchors: readonly Anchor[], drift: number): Slope | null {
  const sided = anchors.filter(isTwoSided);
  const [first, last] = [sided[0], sided.at(-1)];
  if (first === undefined || last === undefined || stretchRates(sided, drift).length < 2) return null;
  const slope = slopeBetween(first, last);
  return slope.error <= drift * usefulShare ? slope : null;
}

/**
 * The rate that most stretches of a row of anchors agree on (their median, after Theil 1950), which single steps
 * between them do not move; null where fewer than two are long enough to tell.
 */
export function commonRateOf(anchors: readonly Anchor[], drift: number): number | null {
  const rates = stretchRates(anchors.filter(isTwoSided), drift).toSorted((one, other) => one - other);
  return rates.length < 2 ? null : (rates[Math.floor(rates.length / 2)] ?? null);
}

/** Rates between anchors just far enough apart to tell one. */
function stretchRates(sided: readonly Anchor[], drift: number): readonly number[] {
  const rates: number[] = [];
  let from = sided[0];
  for (const anchor of sided) {
    if (from === undefined) break;
    const { rate, error } = slopeBetween(from, anchor);
    if (!(error <= drift * usefulShare)) continue;
    if (Math.abs(rate) <= drift) rates.push(rate);
    from = anchor;
  }
  return rates;
}

function slopeBetween(from: Anchor, to: Anchor): Slope {
  const awayMs = (to.stampS - from.stampS) * 1000;
  const [fromMs, toMs] = [(from.loMs + from.hiMs) / 2, (to.loMs + to.hiMs) / 2];
  const halvesMs = (from.hiMs - from.loMs + to.hiMs - to.loMs) / 2;
  return {
    rate: (toMs - fromMs) / awayMs - 1,
    error: halvesMs / awayMs,
    fromS: from.stampS,
    toS: to.stampS,
  };
}
