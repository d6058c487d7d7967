import { hostStates } from "@inquest/core";
import type { Run } from "@inquest/core";
import { formatFailedHosts } from "./failed-hosts.ts";
import type { FailedHost } from "./failed-hosts.ts";
import { formatMissing } from "./missing-processes.ts";
import type { MissingProcess } from "./missing-processes.ts";
import { formatCount, formatTook } from "./quantity.ts";

/** What a run came to. `knownIncidents`: null where nobody counted them (a run of the past). */
interface Collected {
  readonly run: Run;
  readonly knownIncidents: number | null;
  readonly failed: readonly FailedHost[];
  readonly missing?: readonly MissingProcess[];
}

/** The same as lines: what it fell short of, then its totals. */
export function formatCollectSummary(collected: Collected, selected: number): readonly string[] {
  return [...formatShortfalls(collected), ...formatCollectTotals(collected, selected)];
}

/** Its failed hosts, one line for those that failed alike, and the watched processes that hosts have not. */
export function formatShortfalls({ failed, missing = [] }: Collected): readonly string[] {
  return [...formatFailedHosts(failed), ...formatMissing(missing)];
}

/** Its hosts by state, and the incidents that it found. */
export function formatCollectTotals({ run, knownIncidents }: Collected, selected: number): readonly string[] {
  const visited = hostStates.reduce((total, state) => total + run.states[state], 0);
  const states = [
    ...hostStates.flatMap((state) => (run.states[state] === 0 ? [] : [`${run.states[state]} ${state}`])),
    ...(selected > visited ? [`${selected - visited} not visited`] : []),
  ];
  const took = run.finishedMs === null ? ", unfinished" : ` in ${formatTook(run.finishedMs - run.startedMs)}`;
  const known = knownIncidents === null ? "" : `, ${knownIncidents} known before`;
  return [
    `run ${run.run}: ${formatCount(selected, "host")}${took}: ${states.join(", ")}`,
    `${formatCount(run.newIncidents, "new incident")}${known}`,
  ];
}
