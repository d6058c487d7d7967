import type { Anchor } from "../model/anchor.ts";
import type { EpochMs, Millis, Seconds } from "../model/units.ts";

/** Whole-second sources, leap seconds and smears move an anchor by less than this without any step. */
const toleranceMs: Millis = 500;

/**
 * Cuts anchors (sorted by stamp) where no rate within `rate` ± `drift` leads from one to another: a suspend, a pause of
 * a virtual machine or a set clock lies between. It is sought between the two nearest anchors that contradict each
 * other; anchors between these belong to neither side. n steps: what a cut looks back over lies in no later segment.
 */
export function segmentsOf(
  anchors: readonly Anchor[],
  rate: number,
  drift: number,
): readonly (readonly Anchor[])[] {
  const segments: Anchor[][] = [];
  let segment: Anchor[] = [];
  let loMs: EpochMs = -Infinity;
  let hiMs: EpochMs = Infinity;
  let atS: Seconds = 0;
  for (const anchor of anchors) {
    const awayMs = (anchor.stampS - atS) * 1000;
    loMs += awayMs * (1 + rate - drift);
    hiMs += awayMs * (1 + rate + drift);
    if (anchor.loMs > hiMs + toleranceMs || anchor.hiMs < loMs - toleranceMs) {
      const last = segment.findLastIndex((before) => contradict(before, anchor, rate, drift));
      segments.push(segment.slice(0, last + 1));
      segment = [];
      [loMs, hiMs] = [-Infinity, Infinity];
    }
    segment.push(anchor);
    atS = anchor.stampS;
    loMs = Math.max(loMs, anchor.loMs);
    hiMs = Math.min(hiMs, anchor.hiMs);
  }
  return [...segments, segment].filter(({ length }) => length > 0);
}

function contradict(before: Anchor, after: Anchor, rate: number, drift: number): boolean {
  const awayMs = (after.stampS - before.stampS) * 1000;
  return (
    after.loMs > before.hiMs + awayMs * (1 + rate + drift) + toleranceMs ||
    after.hiMs < before.loMs + awayMs * (1 + rate - drift) - toleranceMs
  );
}
