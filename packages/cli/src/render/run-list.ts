import { hostStates, isReadState } from "@inquest/core";
import type { Run } from "@inquest/core";
import { formatTook } from "./quantity.ts";
import { formatTable } from "./table.ts";
import type { Column, Look, TableCell } from "./table.ts";
import { formatZonedInstant } from "./wall-time.ts";

/** A terminal, and the zone of what is shown on it. */
export interface RunLook extends Look {
  readonly zone: string;
}

const columns: readonly Column[] = [
  { title: "RUN", align: "right" },
  { title: "STARTED" },
  { title: "TOOK", align: "right" },
  { title: "HOSTS", align: "right" },
  { title: "READ", align: "right" },
  { title: "FAILED", align: "right" },
  { title: "NEW", align: "right" },
  { title: "LABEL", shrinks: true },
];

/** Collection runs, one a line. */
export function formatRunList(runs: readonly Run[], look: RunLook): string {
  const cells = runs.map((run): readonly TableCell[] => {
    const failed = failedHosts(run);
    return [
      String(run.run),
      formatZonedInstant(run.startedMs, look.zone),
      run.finishedMs === null ? "unfinished" : formatTook(run.finishedMs - run.startedMs),
      String(run.selected),
      String(run.states.ok + run.states["ok-truncated"]),
      failed === 0 ? "0" : { text: String(failed), tone: "bad" },
      String(run.newIncidents),
      run.label ?? "",
    ];
  });
  return formatTable(columns, cells, look);
}

/** Hosts of a run that were visited and could not be read. */
function failedHosts(run: Run): number {
  return hostStates.reduce((total, state) => total + (isReadState(state) ? 0 : run.states[state]), 0);
}
