import type { Anchor, Incident } from "@inquest/core";
import { bootDater } from "@inquest/core";
import type { Store } from "@inquest/store";
import type { TimeBound, TimeBounds } from "../render/time-bounds.ts";

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
