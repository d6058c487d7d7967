import type { Anchor, AnchorKind } from "../model/anchor.ts";
import type { Micros, Millis, Seconds } from "../model/units.ts";
import type { TimeMethod, WallTime } from "../model/wall-time.ts";
import { isTwoSided } from "./anchor.ts";
import type { StepKind } from "./step-kind.ts";
import type { PlacedBounds, TimelineOptions } from "./timeline.ts";
import { timelineOf } from "./timeline.ts";

/** A wall time, the anchors that made its earliest and its latest end, and the step it lies in. */
export interface AnchoredTime {
  readonly time: WallTime;
  readonly lo: Anchor | null;
  readonly hi: Anchor | null;
  readonly step: StepKind | null;
}

/** Gives printk stamps of one boot their wall times, host clock. */
export type StampDater = (stampUs: Micros | null) => AnchoredTime;

/** Whole-second sources, leap seconds and smears: no time is claimed closer than this. */
const floorS: Seconds = 1;
/** Clocks that disagree by less are taken for one reading that rounding has moved. */
const contradictionMs: Millis = 1000;
/** A record that a daemon received or that tells its own time, to this much, is dated by that alone. */
const exactMs: Millis = 4000;
const exactKinds: ReadonlySet<AnchorKind> = new Set<AnchorKind>(["journal", "syslog", "audit"]);
const orderedOnly: AnchoredTime = {
  time: { atMs: null, errorS: null, method: "ordered-only" },
  lo: null,
  hi: null,
  step: null,
};

/**
 * Dates the stamps of one boot by all its anchors, which are gone through once: midpoint and half-width of what they
 * allow together. Without bounds on both sides there is no time; none is later than `latestMs`.
 */
export function stampDater(anchors: readonly Anchor[], options: TimelineOptions): StampDater {
  const timeline = timelineOf(anchors, options);
  const exactAt = new Set(anchors.filter(isExact).map(({ stampS }) => stampS));
  return (stampUs) => {
    if (stampUs === null) return orderedOnly;
    const stampS = stampUs / 1e6;
    const bounds = timeline(stampS);
    const [loMs, hiMs] = bounds.loMs > bounds.hiMs ? [bounds.hiMs, bounds.loMs] : [bounds.loMs, bounds.hiMs];
    const isTorn = bounds.loMs > bounds.hiMs + contradictionMs || bounds.loMs > options.latestMs;
    if (!Number.isFinite(loMs) || !Number.isFinite(hiMs) || isTorn) return orderedOnly;
    // The midpoint to the millisecond: more digits would claim more than any half-width here allows.
    const atMs = Math.min(Math.round((loMs + hiMs) / 2), Math.floor(options.latestMs));
    const errorS = Math.max(floorS, Math.ceil((hiMs - loMs) / 20) / 100);
    const { lo, hi, step } = bounds;
    return {
      time: { atMs, errorS, method: methodOf(bounds, exactAt.has(stampS) && hiMs - loMs <= exactMs) },
      lo,
      hi,
      step,
    };
  };
}

function isExact({ kind, loMs, hiMs }: Anchor): boolean {
  return exactKinds.has(kind) && hiMs - loMs <= exactMs;
}

function methodOf({ place, lo, hi }: PlacedBounds, hasOwnAnchor: boolean): TimeMethod {
  if (hasOwnAnchor) return "exact";
  if (place === "step") return "step";
  const makers = [lo, hi].filter((anchor) => anchor !== null);
  if (place === "between") return "anchored";
  if (place === "beside") return makers.some(isTwoSided) ? "near" : "bracketed";
  const kinds = new Set(makers.map(({ kind }) => kind));
  // The less trusted of the two that made the bounds says what the time is worth.
  if (kinds.has("foreign-uptime")) return "foreign-uptime";
  if (kinds.has("uptime")) return "uptime";
  if (kinds.has("alert") || kinds.has("boot-time")) return "imported";
  return makers.some(isTwoSided) ? "near" : "bracketed";
}
