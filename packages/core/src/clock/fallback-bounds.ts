import type { Anchor } from "../model/anchor.ts";
import { isFirm } from "./anchor.ts";
import type { Bounds } from "./bound-lines.ts";
import { intersection, unbounded } from "./bound-lines.ts";
import type { Seconds } from "../model/units.ts";

/** The narrowest first; of a million anchors few say anything new. */
const mostAnchors = 64;

/**
 * What the anchors that are not firm allow for a stamp when clocks drift by at most `drift`: the narrowest is believed,
 * the others as far as they do not contradict it.
 */
export function fallbackBounds(anchors: readonly Anchor[], drift: number): (stampS: Seconds) => Bounds {
  const soft = anchors
    .filter((anchor) => !isFirm(anchor))
    .toSorted((one, other) => one.hiMs - one.loMs - (other.hiMs - other.loMs))
    .slice(0, mostAnchors);
  return (stampS) =>
    soft
      .map((anchor) => boundsBy(anchor, stampS, drift))
      .toSorted((one, other) => one.hiMs - one.loMs - (other.hiMs - other.loMs))
      .reduce((known, next) => {
        const both = intersection(known, next);
        return both.loMs > both.hiMs ? known : both;
      }, unbounded);
}

function boundsBy(anchor: Anchor, stampS: Seconds, drift: number): Bounds {
  const awayS = stampS - anchor.stampS;
  // What stamps and uptime have drifted apart since the boot is in an uptime's own bounds: going back adds nothing.
  const slackMs = (isUptime(anchor) ? Math.max(0, awayS) : Math.abs(awayS)) * drift * 1000;
  return {
    loMs: anchor.loMs + awayS * 1000 - slackMs,
    hiMs: anchor.hiMs + awayS * 1000 + slackMs,
    lo: anchor,
    hi: anchor,
  };
}

function isUptime({ kind }: Anchor): boolean {
  return kind === "uptime" || kind === "foreign-uptime";
}
