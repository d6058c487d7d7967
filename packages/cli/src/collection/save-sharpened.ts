import type { VisitRecord } from "@inquest/core";
import { sharpenVisit } from "@inquest/core";
import type { SavedVisit, Store } from "@inquest/store";

/**
 * Saves a visit with its deaths dated by all that is known of their boot, and gives the deaths known before the times that
 * the visit's anchors make sharper, or wider where they show that the clock has stepped.
 */
export async function saveSharpened(store: Store, run: number, record: VisitRecord): Promise<SavedVisit> {
  const { visit, boot, sightings } = record;
  if (boot === null) return store.saveVisit(run, record);
  const deaths = await store.bootDeaths(visit.host, boot.boot);
  // Most visits find no death: their anchors are kept for the day that one does.
  if (sightings.length === 0 && deaths.deaths.length === 0) return store.saveVisit(run, record);
  const sharpened = sharpenVisit(record, await store.bootClock(visit.host, boot.boot), deaths);
  const saved = await store.saveVisit(run, sharpened.record);
  if (sharpened.times.length > 0) await store.saveTimes(visit.host, sharpened.times);
  return saved;
}
