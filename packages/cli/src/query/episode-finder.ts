import { areOneStorm, episodeIdOf, stormKinds, toStorms } from "@inquest/core";
import type { EpochMs, Incident } from "@inquest/core";
import { anyIncident } from "@inquest/store";
import type { IncidentTime, Store } from "@inquest/store";

/** Deaths of one host close together, host clock. */
interface Span {
  readonly first: IncidentTime;
  readonly fromMs: EpochMs;
  last: IncidentTime;
  toMs: EpochMs;
}

type EpisodeFinder = (incident: Incident) => Promise<string | null>;

/**
 * Finds the id of the episode that a death lies in, whatever narrows the question; null for what is no death (an
 * alert, a reboot, a process that vanished). The first question walks over the times of all deaths; what is kept of
 * them is where those episodes lie that have more than one.
 */
export function episodeFinder(store: Store): EpisodeFinder {
  const undatedEpisode = undatedEpisodeFinder(store);
  let spans: Promise<ReadonlyMap<string, readonly Span[]>> | null = null;
  return async (incident) => {
    const { id, host, kind, time } = incident;
    const { atMs } = time;
    if (!stormKinds.includes(kind)) return null;
    if (atMs === null) return undatedEpisode(incident);
    spans ??= spansOf(store);
    const span = (await spans).get(host)?.find(({ fromMs, toMs }) => fromMs <= atMs && atMs <= toMs);
    return span === undefined ? episodeIdOf(host, id) : episodeIdOf(span.first.host, span.first.id);
  };
}

/** The episodes of more than one death by host; what containers share counts for each. */
async function spansOf(store: Store): Promise<ReadonlyMap<string, readonly Span[]>> {
  const openByHost = new Map<string, Span>();
  const spans = new Map<string, Span[]>();
  for await (const death of store.incidentTimes({ ...anyIncident, kinds: stormKinds })) {
    const atMs = death.time.atMs ?? 0;
    for (const host of [death.host, ...death.alsoOn]) {
      const open = openByHost.get(host);
      if (open === undefined || !areOneStorm(open.last, death)) {
        openByHost.set(host, { first: death, fromMs: atMs, last: death, toMs: atMs });
        continue;
      }
      if (open.last === open.first) {
        const known = spans.get(host);
        if (known === undefined) spans.set(host, [open]);
        else known.push(open);
      }
      open.last = death;
      open.toMs = atMs;
    }
  }
  return spans;
}

/** For deaths without a time, which stamps hold together; they come host by host, and the last host is kept. */
function undatedEpisodeFinder(store: Store): EpisodeFinder {
  let kept: { readonly host: string; readonly ids: ReadonlyMap<string, string> } | null = null;
  return async ({ host, id }) => {
    if (kept?.host !== host) {
      const undated: Incident[] = [];
      for await (const death of store.incidents({ ...anyIncident, hosts: [host], kinds: stormKinds }))
        if (death.time.atMs === null) undated.push(death);
      const ids = toStorms(undated).flatMap((storm) =>
        storm.deaths.map((one) => [one.id, storm.id] as const),
      );
      kept = { host, ids: new Map(ids) };
    }
    return kept.ids.get(id) ?? null;
  };
}
