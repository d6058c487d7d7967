import type { Assembly } from "./assemble-reports.ts";
import type { DraftReport } from "./draft-report.ts";

/** A reaper speaks up to ten seconds after the kill: by then a few more reports may have begun. */
const lookBack = 32;

/**
 * Gives each line of the reaper to the last report before it that killed or chose its task. The reaper is a task of
 * its own, so its lines come from another caller than the report's. `drafts` in the order of their beginnings.
 */
export function confirmDeaths(drafts: readonly DraftReport[], reaped: Assembly["reaped"]): void {
  let begun = 0;
  for (const { pid, record } of reaped) {
    while (begun < drafts.length && (drafts[begun]?.records[0]?.line ?? 0) <= record.line) begun += 1;
    const victim = drafts
      .slice(Math.max(0, begun - lookBack), begun)
      .findLast((draft) => draft.selected?.pid === pid || draft.victims.has(pid));
    if (victim === undefined) continue;
    victim.reapedPids.add(pid);
    victim.records.push(record);
  }
}
