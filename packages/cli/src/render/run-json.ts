import type { Run } from "@inquest/core";
import type { FailedHost } from "./failed-hosts.ts";
import { isoTime } from "./incident-json.ts";
import type { JsonObject } from "./incident-json.ts";

/** One collection run as `runs -o json` has it. */
export function runJson(run: Run): JsonObject {
  return {
    run: run.run,
    label: run.label,
    started: isoTime(run.startedMs),
    finished: isoTime(run.finishedMs),
    hosts: { selected: run.selected, ...run.states },
    new_incidents: run.newIncidents,
  };
}

/** `runs ID -o json`: the run with the hosts that could not be read. */
export function runDetailJson(run: Run, failed: readonly FailedHost[]): JsonObject {
  return { ...runJson(run), failed: failed.map(({ host, state, reason }) => ({ host, state, reason })) };
}
