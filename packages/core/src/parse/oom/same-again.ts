import type { OomReport } from "../../model/oom-report.ts";

/**
 * Leaves out a report that is in the input again word for word: without stamps (a syslog file that was read twice)
 * only the whole of a death's line and its written second tell. The copy of which more is left stays.
 */
export function withoutSameAgain(reports: readonly OomReport[]): readonly OomReport[] {
  const known = new Map<string, number>();
  const kept: OomReport[] = [];
  for (const report of reports) {
    const key = keyOf(report);
    const place = key === null ? undefined : known.get(key);
    const before = place === undefined ? undefined : kept[place];
    if (place === undefined || before === undefined) {
      if (key !== null) known.set(key, kept.length);
      kept.push(report);
    } else if (report.records.length > before.records.length) kept[place] = report;
  }
  return kept;
}

/** The victims' lines and the time written beside them; null where stamps tell, or nobody is known to have died. */
function keyOf({ kills }: OomReport): string | null {
  const lines = kills.map(({ pid, record: { stampUs, written, text } }) =>
    pid === null || stampUs !== null || written === null ? null : `${written.localMs} ${text}`,
  );
  return lines.length === 0 || lines.includes(null) ? null : lines.join("\n");
}
