import type { Anchor } from "../model/anchor.ts";
import type { EpochMs, Seconds } from "../model/units.ts";
import { isFirm } from "./anchor.ts";
import { bootBoundsOf } from "./boot-bounds.ts";
import type { BoundLines, Bounds } from "./bound-lines.ts";
import { boundLines, countWhile, hull, intersection } from "./bound-lines.ts";
import { fallbackBounds } from "./fallback-bounds.ts";
import type { StepKind } from "./step-kind.ts";
import { stepKindOf } from "./step-kind.ts";
import type { Stretch } from "./stretches.ts";
import { stretchesOf } from "./stretches.ts";

/** What is known of the clock beside its anchors. */
export interface TimelineOptions {
  /** How far the printk clock may drift from the wall clock: 1e-4 = 100 ppm. */
  readonly drift: number;
  /** Nothing in the log is later: when the newest reading of it had ended, host clock. */
  readonly latestMs: EpochMs;
}

/** Where on the timeline a stamp lies. */
type Place = "between" | "beside" | "step" | "fallback";

/** The bounds of one stamp, and where they come from. */
export interface PlacedBounds extends Bounds {
  /** `between` two-sided anchors, `beside` one or among one-sided ones, in a `step`, or only the `fallback` bounds it. */
  readonly place: Place;
  /** What the step was; null outside of one and where nothing tells. */
  readonly step: StepKind | null;
}

/**
 * Builds the bounds of every stamp of one boot from its anchors: cut into stretches at steps, each with its own rate
 * where it is known. O(n log n) once, O(log n) for a stamp.
 */
export function timelineOf(
  anchors: readonly Anchor[],
  { drift, latestMs }: TimelineOptions,
): (stampS: Seconds) => PlacedBounds {
  const firm = anchors.filter(isFirm).toSorted((one, other) => one.stampS - other.stampS);
  const stretches = stretchesOf(firm, drift);
  const all = boundLines(firm, 0, drift);
  const fallback = fallbackBounds(anchors, drift);
  const sinceBoot = pauseSinceBoot(stretches[0], bootBoundsOf(anchors, drift));

  const firmAt = (stampS: Seconds): PlacedBounds => {
    const behind = countWhile(stretches, ({ fromS }) => fromS <= stampS);
    const [left, right] = [stretches[behind - 1], stretches[behind]];
    const paused = behind > 1 ? null : (sinceBoot?.(stampS) ?? null);
    if (paused !== null) return { ...paused, place: "step", step: "pause" };
    const own = left !== undefined && (stampS <= left.toS || right === undefined) ? left : null;
    const nearest = own ?? (left === undefined ? (right ?? null) : null);
    if (nearest !== null || left === undefined || right === undefined) {
      const bounds = nearest === null ? all.at(stampS) : filled(nearest.at(stampS), all, stampS);
      return { ...bounds, place: placeIn(nearest, stampS), step: null };
    }
    return {
      ...inStep(left.at(stampS), right.at(stampS), all, stampS),
      place: "step",
      step: stepKindOf(left.bootToMs, right.bootFromMs),
    };
  };
  return (stampS) => {
    const known = firmAt(stampS);
    const bounds: PlacedBounds = isBounded(known)
      ? known
      : {
          ...intersection(known, fallback(stampS)),
          place: known.place === "step" ? "step" : "fallback",
          step: known.step,
        };
    return bounds.hiMs > latestMs ? { ...bounds, hiMs: latestMs, hi: null } : bounds;
  };
}

function isBounded({ loMs, hiMs }: Bounds): boolean {
  return Number.isFinite(loMs) && Number.isFinite(hiMs);
}

/** A stretch that is open to one side is bounded there by what holds across any pause. */
function filled(bounds: Bounds, all: BoundLines, stampS: Seconds): Bounds {
  if (isBounded(bounds)) return bounds;
  const across = all.acrossPausesAt(stampS);
  return {
    ...(Number.isFinite(bounds.loMs)
      ? { loMs: bounds.loMs, lo: bounds.lo }
      : { loMs: across.loMs, lo: across.lo }),
    ...(Number.isFinite(bounds.hiMs)
      ? { hiMs: bounds.hiMs, hi: bounds.hi }
      : { hiMs: across.hiMs, hi: across.hi }),
  };
}

/** The step is before the stamp or after it: what the stretches on either side would say, and all between. */
function inStep(left: Bounds, right: Bounds, all: BoundLines, stampS: Seconds): Bounds {
  const isForward = right.loMs >= left.loMs || right.hiMs >= left.hiMs;
  const either = hull(left, right);
  // The wall clock ran on while the stamps stood still: what lies before the pause bounds from below, what lies
  // behind it from above, and one-sided anchors inside do too.
  if (!isForward) return either;
  const both = intersection(either, all.acrossPausesAt(stampS));
  return both.loMs > both.hiMs ? either : both;
}

/**
 * Where the uptime proves that the stamps have stood still between the boot and the first stretch, the stamps before
 * that stretch lie between what the boot and what the stretch would say; else null.
 */
function pauseSinceBoot(
  first: Stretch | undefined,
  boot: Bounds | null,
): ((stampS: Seconds) => Bounds | null) | null {
  if (first === undefined || boot === null || boot.hiMs >= first.at(0).loMs) return null;
  const { rate, drift, fromS } = first;
  return (stampS) =>
    stampS < 0 || stampS >= fromS
      ? null
      : hull(first.at(stampS), {
          ...boot,
          loMs: boot.loMs + stampS * 1000 * (1 + rate - drift),
          hiMs: boot.hiMs + stampS * 1000 * (1 + rate + drift),
        });
}

function placeIn(stretch: Stretch | null, stampS: Seconds): Place {
  const from = stretch?.sidedFromS ?? null;
  const to = stretch?.sidedToS ?? null;
  return from !== null && to !== null && from <= stampS && stampS <= to ? "between" : "beside";
}
