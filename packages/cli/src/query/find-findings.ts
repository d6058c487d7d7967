import { suspectGrowths, toStorms } from "@inquest/core";
import type { Incident } from "@inquest/core";
import type { Store } from "@inquest/store";
import type { Findings } from "../render/findings.ts";

type Growths = ReadonlyMap<string, Findings["growths"]>;

/** Finds what the rest of the store tells of incidents. Keeps figures of each host: for the length of one command. */
export function findingsFinder(store: Store): (incident: Incident) => Promise<Findings> {
  const growthsByHost = new Map<string, Promise<Growths>>();
  const growthsOf = (host: string): Promise<Growths> => {
    const known = growthsByHost.get(host) ?? growthsOfHost(store, host);
    growthsByHost.set(host, known);
    return known;
  };
  return async ({ id, host, suspects }) => ({
    growths: suspects === null ? [] : ((await growthsOf(host)).get(id) ?? []),
  });
}

/** What the rest of the store tells of some incidents, by their ids. */
export async function findingsOf(
  store: Store,
  incidents: readonly Incident[],
): Promise<ReadonlyMap<string, Findings>> {
  const find = findingsFinder(store);
  const found = new Map<string, Findings>();
  for (const incident of incidents) found.set(incident.id, await find(incident));
  return found;
}

/** From all OOM kills of a host: a storm is whole only when nothing narrows the question. */
async function growthsOfHost(store: Store, host: string): Promise<Growths> {
  const kills: Incident[] = [];
  for await (const incident of store.incidents({
    sinceMs: null,
    untilMs: null,
    hosts: [host],
    groups: [],
    process: null,
    pid: null,
    uid: null,
    kinds: ["oom-kill"],
    scopes: [],
    cgroupGlob: null,
    run: null,
  })) {
    kills.push(incident);
  }
  return new Map(toStorms(kills).flatMap((storm) => [...suspectGrowths(storm)]));
}
