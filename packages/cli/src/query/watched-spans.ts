import type { EpochMs } from "@inquest/core";
import type { HostSummary } from "@inquest/store";
import { readUpTo } from "./log-gaps.ts";

/** A stretch of time, host clock. */
export interface WatchedSpan {
  readonly fromMs: EpochMs;
  readonly toMs: EpochMs;
}

/** When the kernel log of each host was covered by visits: what was not watched proves nothing. */
export function watchedSpans(hosts: readonly HostSummary[]): ReadonlyMap<string, readonly WatchedSpan[]> {
  return new Map(hosts.map((summary) => [summary.host, spansOf(summary)]));
}

/**
 * The stretches that the readings of one host cover. Between two breaks every reading is proven to go on where the
 * one before ended: what lies between them was watched, lines or none.
 */
export function spansOf({ breaks, lastOk }: Pick<HostSummary, "breaks" | "lastOk">): readonly WatchedSpan[] {
  if (lastOk === null) return [];
  const spans: { fromMs: EpochMs; toMs: EpochMs }[] = [];
  const cuts = breaks.filter(({ continuity }) => continuity !== "complete");
  for (const [place, { fromMs, startedMs, clockDiffS }] of cuts.entries()) {
    const next = cuts[place + 1];
    const toMs =
      next === undefined
        ? readUpTo(lastOk.startedMs, lastOk.clockDiffS)
        : readUpTo(next.previousMs ?? startedMs, next.previousDiffS);
    // Nobody can date what the first of these readings held; from that visit on the log was watched.
    const watchedMs = fromMs ?? readUpTo(startedMs, clockDiffS);
    if (watchedMs >= toMs) continue;
    const last = spans.at(-1);
    if (last !== undefined && watchedMs <= last.toMs) last.toMs = Math.max(last.toMs, toMs);
    else spans.push({ fromMs: watchedMs, toMs });
  }
  return spans;
}
