import type { Incident, VisitRecord } from "@inquest/core";
import { withVanished } from "@inquest/core";
import { anyIncident } from "@inquest/store";
import type { Store } from "@inquest/store";

/** Adds to a visit what vanished since the visit before, by what the store knows of the host's deaths. */
export async function tellVanished(store: Store, record: VisitRecord): Promise<VisitRecord> {
  const { visit, snapshot } = record;
  if (snapshot === null) return record;
  const before = await store.latestProcesses(visit.host);
  if (before === null && visit.watch.length === 0) return record;
  // At nearly every visit nothing is gone: then nobody needs to know who died.
  if (withVanished(record, before, []).sightings.length === record.sightings.length) return record;
  const sinceMs = Math.min(before?.snapshot.takenAtMs ?? Infinity, visit.bootAtMs ?? Infinity);
  const known: Incident[] = [];
  const asked = {
    ...anyIncident,
    hosts: [visit.host],
    sinceMs: Number.isFinite(sinceMs) ? sinceMs - slackMs : null,
  };
  for await (const incident of store.incidents(asked)) known.push(incident);
  return withVanished(record, before, known);
}

/** A death is dated with an error of its own besides. */
const slackMs = 60_000;
