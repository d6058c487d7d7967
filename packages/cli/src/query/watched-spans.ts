import { isReadState } from "@inquest/core";
import type { EpochMs, Visit } from "@inquest/core";
import type { Store } from "@inquest/store";

/** A stretch of time, host clock. */
export interface WatchedSpan {
  readonly fromMs: EpochMs;
  readonly toMs: EpochMs;
}

/** When the kernel log of each host was covered by visits: what was not watched proves nothing. */
export async function watchedSpans(store: Store): Promise<ReadonlyMap<string, readonly WatchedSpan[]>> {
  const visits = new Map<string, Visit[]>();
  for (const { run } of await store.runs(null))
    for (const visit of await store.visits(run))
      if (isReadState(visit.state)) visits.set(visit.host, [...(visits.get(visit.host) ?? []), visit]);
  return new Map([...visits].map(([host, own]) => [host, spansOf(own)]));
}

/** The stretches that the readings of one host cover, joined where one joins the one before. */
export function spansOf(visits: readonly Visit[]): readonly WatchedSpan[] {
  const spans: { fromMs: EpochMs; toMs: EpochMs }[] = [];
  for (const { coverage, startedMs } of visits.toSorted((a, b) => a.startedMs - b.startedMs)) {
    if (coverage === null) continue;
    const last = spans.at(-1);
    // Proven without a hole since the reading before: what lies between was watched, lines or none.
    const fromMs = coverage.continuity === "complete" && last !== undefined ? last.toMs : coverage.fromMs;
    if (fromMs === null || fromMs > startedMs) continue;
    if (last !== undefined && fromMs <= last.toMs) last.toMs = Math.max(last.toMs, startedMs);
    else spans.push({ fromMs, toMs: startedMs });
  }
  return spans;
}
