import type { EpochMs, Seconds } from "@inquest/core";
import type { LogBreak } from "@inquest/store";
import type { LogGap } from "../render/host-row.ts";

/** The gaps in the readings of one host's kernel log, oldest first. A first contact is none: nothing was read before. */
export function gapsOf(breaks: readonly LogBreak[]): readonly LogGap[] {
  return breaks.flatMap((one): readonly LogGap[] => {
    const { continuity, lostRecords: lost, fromMs } = one;
    const readMs = readUpTo(one.previousMs, one.previousDiffS);
    switch (continuity) {
      case "new-boot":
        // What the old boot said last is gone; what the new one says from its start is all there.
        return [gap("new-boot", readMs, one.isFromBoot ? (one.bootAtMs ?? fromMs) : fromMs, null)];
      case "lost":
      case "possible-gap":
        return [gap(continuity, readMs, fromMs, lost)];
      default:
        if (lost === null || lost === 0) return [];
        // Missing within the reading: somewhere between what was known before and the visit.
        return [gap("lost", latest(readMs, fromMs), readUpTo(one.startedMs, one.clockDiffS), lost)];
    }
  });
}

/**
 * Up to when a visit had read the log, by the host's clock as its incidents are told in it: a clock that is ahead is
 * taken back by its difference, one that is behind is believed.
 */
export function readUpTo(startedMs: EpochMs, clockDiffS: Seconds | null): EpochMs;
export function readUpTo(startedMs: EpochMs | null, clockDiffS: Seconds | null): EpochMs | null;
export function readUpTo(startedMs: EpochMs | null, clockDiffS: Seconds | null): EpochMs | null {
  return startedMs === null ? null : startedMs + Math.min(0, clockDiffS ?? 0) * 1000;
}

/** Both ends are estimates: a gap never ends before it begins. */
function gap(
  kind: LogGap["kind"],
  fromMs: EpochMs | null,
  toMs: EpochMs | null,
  lost: number | null,
): LogGap {
  return { fromMs, toMs: latest(fromMs, toMs) === fromMs && toMs !== null ? fromMs : toMs, lost, kind };
}

function latest(one: EpochMs | null, other: EpochMs | null): EpochMs | null {
  return one === null || other === null ? (one ?? other) : Math.max(one, other);
}
