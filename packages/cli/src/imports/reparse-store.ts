import {
  partReader,
  processVisitOf,
  rereadVisit,
  retimedOf,
  sharpenVisit,
  withVanished,
} from "@inquest/core";
import type { BootClock, BootDeaths, EpochMs, KnownBoot, ProcessVisit, VisitRecord } from "@inquest/core";
import type { Replaced, Reread, Store } from "@inquest/store";

/** What reading the evidence of one host again did. */
export interface ReparsedHost extends Replaced {
  readonly host: string;
}

/** Reads all raw evidence of a store again, host by host; each host is replaced whole or not at all. */
export async function reparseStore(store: Store, nowMs: EpochMs): Promise<readonly ReparsedHost[]> {
  const reparsed: ReparsedHost[] = [];
  for (const { host } of await store.hosts()) {
    const records = await rereadHost(store, host, nowMs);
    const replaced = await store.replaceDerived(host, records);
    for (const { boot } of await store.knownBoots(host)) await retimeBoot(store, host, boot);
    reparsed.push({ host, ...replaced });
  }
  return reparsed;
}

async function rereadHost(store: Store, host: string, nowMs: EpochMs): Promise<readonly Reread[]> {
  const records: Reread[] = [];
  const boots = new Map<string, KnownBoot>();
  const readers = new Map<string, ReturnType<typeof partReader>>();
  const sharpen = sharpener(store, host);
  for await (const evidence of store.storedEvidence(host)) {
    const { run } = evidence;
    if (evidence.from === "visit") {
      const record = rereadVisit(evidence.visit, evidence.sections, [...boots.values()]);
      if (record.boot !== null) {
        // The latest visited last.
        boots.delete(record.boot.boot);
        boots.set(record.boot.boot, record.boot);
      }
      records.push({ run, record: { ...(await sharpen(record)), evidence: [] } });
    } else {
      const key = JSON.stringify([run, evidence.file.file]);
      const read = readers.get(key) ?? partReader(evidence.file, nowMs);
      readers.set(key, read);
      records.push({ run, batch: { ...read(evidence), bytes: new Uint8Array() } });
    }
  }
  return withAllVanished(records);
}

/** What vanished between one visit and the next, judged by all deaths that the evidence tells of. */
function withAllVanished(records: readonly Reread[]): readonly Reread[] {
  const known = records
    .flatMap((reread) => ("record" in reread ? reread.record : reread.batch).sightings)
    .map(({ incident }) => incident);
  let before: ProcessVisit | null = null;
  return records.map((reread) => {
    if (!("record" in reread)) return reread;
    const record = withVanished(reread.record, before, known);
    known.push(...record.sightings.slice(reread.record.sightings.length).map(({ incident }) => incident));
    before = processVisitOf(record) ?? before;
    return { ...reread, record };
  });
}

/** Dates the deaths of a visit as the store does, by all visits: what is found again has not changed then. */
function sharpener(store: Store, host: string): (record: VisitRecord) => Promise<VisitRecord> {
  const known = new Map<string, { readonly clock: BootClock | null; readonly deaths: BootDeaths }>();
  return async (record) => {
    if (record.boot === null || record.sightings.length === 0) return record;
    const { boot } = record.boot;
    const { clock, deaths } = known.get(boot) ?? {
      clock: await store.bootClock(host, boot),
      deaths: await store.bootDeaths(host, boot),
    };
    known.set(boot, { clock, deaths });
    return sharpenVisit(record, clock, deaths).record;
  };
}

/** Dates the deaths of a boot by the anchors that reading again has found. */
async function retimeBoot(store: Store, host: string, boot: string): Promise<void> {
  const clock = await store.bootClock(host, boot);
  const times = clock === null ? [] : retimedOf(clock, await store.bootDeaths(host, boot));
  if (times.length > 0) await store.saveTimes(host, times);
}
