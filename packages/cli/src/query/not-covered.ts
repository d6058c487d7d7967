import { isReadState } from "@inquest/core";
import type { HostSummary, IncidentFilter } from "@inquest/store";
import type { NotCovered } from "../render/case.ts";
import { gapWords } from "../render/gap-words.ts";
import { gapsOf } from "./log-gaps.ts";

/**
 * Where nothing speaks for a host, as far as it lies in the time asked about: breaks in the readings of its log, and
 * what came after the last that succeeded. Null: a host known from saved logs alone, of which no visit tells.
 */
export function notCovered(
  summary: HostSummary | null,
  { sinceMs, untilMs }: Pick<IncidentFilter, "sinceMs" | "untilMs">,
): readonly NotCovered[] {
  if (summary === null || summary.last === null)
    return [{ fromMs: null, toMs: null, reason: "whatever its saved logs do not tell" }];
  const { breaks, last, lastOkMs } = summary;
  const gaps = gapsOf(breaks).map((gap) => ({ fromMs: gap.fromMs, toMs: gap.toMs, reason: gapWords(gap) }));
  const failed = isReadState(last.state)
    ? []
    : [{ fromMs: lastOkMs, toMs: null, reason: `not read: ${last.reason ?? last.state}` }];
  return [...gaps, ...failed].filter(
    ({ fromMs, toMs }) =>
      (untilMs === null || fromMs === null || fromMs <= untilMs) &&
      (sinceMs === null || toMs === null || toMs >= sinceMs),
  );
}
