import type { Assembly } from "./assemble-reports.ts";
import type { DraftReport } from "./draft-report.ts";
import { isNear } from "./is-near.ts";

/** A reaper speaks up to ten seconds after the kill: by then a few more reports may have begun. */
const lookBack = 32;
/** Far longer than a reaper needs, far shorter than it takes for a pid to come round again. */
const longestWaitUs = 120_000_000;

/**
 * Gives each line of the reaper to the last report before it that killed or chose its task. The reaper is a task of
 * its own, so its lines come from another caller than the report's. `drafts` in the order of their beginnings.
 */
export function confirmDeaths(drafts: readonly DraftReport[], reaped: Assembly["reaped"]): void {
  let begun = 0;
  for (const { pid, isDead, record } of reaped) {
    while (begun < drafts.length && (drafts[begun]?.records[0]?.line ?? 0) <= record.line) begun += 1;
    const isVictims = (draft: DraftReport): boolean => {
      const told = draft.victims.get(pid)?.record ?? (draft.selected?.pid === pid ? draft.selection : null);
      return told !== null && isNear(told, record, longestWaitUs);
    };
    const report = drafts.slice(Math.max(0, begun - lookBack), begun).findLast(isVictims);
    if (report === undefined) continue;
    if (isDead) report.reapedPids.add(pid);
    report.records.push(record);
  }
}
