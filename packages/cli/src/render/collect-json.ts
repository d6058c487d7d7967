import type { Run } from "@inquest/core";
import type { FailedHost } from "./failed-hosts.ts";
import { isoTime } from "./incident-json.ts";
import type { JsonObject } from "./incident-json.ts";
import type { MissingProcess } from "./missing-processes.ts";

/** `collect -o json`: the run, every state counted (0 included), and the hosts that could not be read. */
export function toCollectJson(collected: {
  readonly run: Run;
  readonly knownIncidents: number;
  readonly failed: readonly FailedHost[];
  readonly missing: readonly MissingProcess[];
}): JsonObject {
  const { run, knownIncidents, failed, missing } = collected;
  return {
    run: run.run,
    started: isoTime(run.startedMs),
    finished: isoTime(run.finishedMs),
    hosts: { selected: run.selected, ...run.states },
    new_incidents: run.newIncidents,
    known_incidents: knownIncidents,
    failed: failed.map(({ host, state, reason }) => ({ host, state, reason })),
    missing: missing.map(({ host, process }) => ({ host, process })),
  };
}
