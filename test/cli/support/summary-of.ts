import type { Visit } from "@inquest/core";
import type { HostSummary, LogBreak } from "@inquest/store";

/** A reading that did not plainly go on, of which only what matters is said. */
export function breakOf(changes: Partial<LogBreak> & Pick<LogBreak, "startedMs">): LogBreak {
  return {
    previousMs: null,
    clockDiffS: null,
    previousDiffS: null,
    continuity: "first-contact",
    lostRecords: null,
    fromMs: null,
    isFromBoot: false,
    bootAtMs: null,
    ...changes,
  };
}

/** A host whose latest visit read the log at `readMs`; null: none ever did. */
export function summaryOf(
  host: string,
  readMs: number | null,
  breaks: readonly LogBreak[] = [],
  visit: Partial<Visit> = {},
): HostSummary {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- nothing else of it is looked at
  const last = {
    host,
    groups: ["web"],
    state: "ok",
    startedMs: readMs ?? 0,
    clockDiffS: null,
    ...visit,
  } as Visit;
  const isRead = readMs !== null;
  return {
    host,
    last: isRead ? last : { ...last, state: "refused" },
    lastOkMs: readMs,
    lastOk: isRead ? last : null,
    boots: 1,
    logFromMs: breaks[0]?.fromMs ?? null,
    breaks,
    readings: [],
    bootKills: null,
    undatedKillSeenMs: null,
  };
}
