import type { Anchor, Incident, StepKind } from "@inquest/core";
import { bootDater } from "@inquest/core";
import type { Store } from "@inquest/store";

/** An anchor that made one end of an incident's time. */
export interface TimeBound {
  readonly end: "earliest" | "latest";
  readonly anchor: Anchor;
  /** Run that brought it; null: an imported alert. */
  readonly run: number | null;
}

/** Where an incident's time comes from. */
export interface TimeBounds {
  readonly bounds: readonly TimeBound[];
  /** What the step was that the incident lies in; null outside of one and where nothing tells. */
  readonly step: StepKind | null;
}

const none: TimeBounds = { bounds: [], step: null };

/** The anchors that made the bounds of an incident's time; none where it has its time from its own line. */
export async function findTimeBounds(store: Store, incident: Incident): Promise<TimeBounds> {
  const { host, id, stampUs, time } = incident;
  const boot = stampUs === null || time.atMs === null ? null : await store.bootOf(host, id);
  const clock = boot === null ? null : await store.bootClock(host, boot);
  if (boot === null || clock === null) return none;
  const { time: anew, lo, hi, step } = bootDater(clock, await store.bootDeaths(host, boot))(stampUs);
  if (anew.method !== time.method) return none;
  const boundBy = (end: TimeBound["end"], anchor: Anchor | null): readonly TimeBound[] =>
    anchor === null ? [] : [{ end, anchor, run: clock.anchors.find((kept) => kept === anchor)?.run ?? null }];
  return { bounds: [...boundBy("earliest", lo), ...boundBy("latest", hi)], step };
}
