import type { DraftKill, DraftReport } from "./draft-report.ts";

/** "(npm) score 0 vm:1506164kB, rss:237752kB, swap:120052kB": what OpenVZ says of a victim behind its pid. */
const openVz =
  /^(?:Out of memory in UB \S{1,64}: )?OOM killed process \d{1,10} (\(.{0,64}\)(?: score \d{1,20})? vm:\d{1,20}kB, rss:\d{1,20}kB, swap:\d{1,20}kB)/su;

/**
 * OpenVZ prints a death to the host and to the container, where the pid is another: the same figures on the next line
 * are the same death, and the first pid is the host's.
 */
export function findVirtual(
  { kills }: Pick<DraftReport, "kills">,
  { record }: Pick<DraftKill, "record">,
): DraftKill | null {
  const last = kills.at(-1);
  if (last === undefined || record.line !== last.record.line + last.repeats.length + 1) return null;
  const said = openVz.exec(record.text)?.[1];
  return said !== undefined && said === openVz.exec(last.record.text)?.[1] ? last : null;
}
