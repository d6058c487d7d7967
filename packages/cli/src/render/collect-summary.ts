import { hostStates } from "@inquest/core";
import type { Run } from "@inquest/core";
import { formatFailedHosts } from "./failed-hosts.ts";
import type { FailedHost } from "./failed-hosts.ts";
import { formatMissing } from "./missing-processes.ts";
import type { MissingProcess } from "./missing-processes.ts";
import { formatCount, formatTook } from "./quantity.ts";

/**
 * What a run came to, as lines: its failed hosts, one line for those that failed alike, then the totals.
 * `knownIncidents`: null where nobody counted them (a run of the past).
 */
export function formatCollectSummary(
  collected: {
    readonly run: Run;
    readonly knownIncidents: number | null;
    readonly failed: readonly FailedHost[];
    readonly missing?: readonly MissingProcess[];
  },
  selected: number,
): readonly string[] {
  const { run, knownIncidents, failed, missing = [] } = collected;
  const visited = hostStates.reduce((total, state) => total + run.states[state], 0);
  const states = [
    ...hostStates.flatMap((state) => (run.states[state] === 0 ? [] : [`${run.states[state]} ${state}`])),
    ...(selected > visited ? [`${selected - visited} not visited`] : []),
  ];
  const took = run.finishedMs === null ? ", unfinished" : ` in ${formatTook(run.finishedMs - run.startedMs)}`;
  const known = knownIncidents === null ? "" : `, ${knownIncidents} known before`;
  return [
    ...formatFailedHosts(failed),
    ...formatMissing(missing),
    `run ${run.run}: ${formatCount(selected, "host")}${took}: ${states.join(", ")}`,
    `${formatCount(run.newIncidents, "new incident")}${known}`,
  ];
}
