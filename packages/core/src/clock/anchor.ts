import type { EpochMs, Seconds } from "../model/units.ts";

/**
 * A known pair: the wall time of the instant with printk stamp `stampS` lies in [loMs, hiMs].
 * One side may be unknown: ±Infinity.
 */
export interface Anchor {
  readonly kind: "uptime" | "ceiling" | "boot-time";
  readonly stampS: Seconds;
  readonly loMs: EpochMs;
  readonly hiMs: EpochMs;
}

/** What the anchors together allow for one stamp; empty when `loMs > hiMs`: the clock stepped between them. */
export interface WallInterval {
  readonly loMs: EpochMs;
  readonly hiMs: EpochMs;
}

/**
 * Intersects what every anchor says of one stamp, when the printk clock drifts by at most `drift` (1e-4 = 100 ppm):
 * the Lipschitz form of Marzullo's interval intersection (Marzullo & Owicki 1983).
 */
export function intersectAnchors(stampS: Seconds, anchors: readonly Anchor[], drift: number): WallInterval {
  let loMs = -Infinity;
  let hiMs = Infinity;
  for (const anchor of anchors) {
    const awayMs = (stampS - anchor.stampS) * 1000;
    const slackMs = Math.abs(awayMs) * drift;
    loMs = Math.max(loMs, anchor.loMs + awayMs - slackMs);
    hiMs = Math.min(hiMs, anchor.hiMs + awayMs + slackMs);
  }
  return { loMs, hiMs };
}
