import type { EpochMs } from "@inquest/core";
import { anyIncident } from "@inquest/store";
import type { HostSummary, Store } from "@inquest/store";
import type { HostRow, LogGap } from "../render/host-row.ts";
import { gapsOf } from "./log-gaps.ts";
import { ringPaceOf } from "./ring-pace.ts";

const hourMs = 3_600_000;
const windowsMs = [24 * hourMs, 7 * 24 * hourMs, 30 * 24 * hourMs] as const;

/** Every host with its kills of the last day, week and month. */
export async function hostRows(store: Store, nowMs: EpochMs): Promise<readonly HostRow[]> {
  const summaries = await store.hosts();
  const kills = await killTimes(store, nowMs);
  return summaries.map((summary) => hostRow(summary, kills.get(summary.host) ?? [], nowMs));
}

/** Times of the kills of the last month by host; what containers share counts for each. */
async function killTimes(store: Store, nowMs: EpochMs): Promise<ReadonlyMap<string, readonly EpochMs[]>> {
  const times = new Map<string, EpochMs[]>();
  const kills = { ...anyIncident, sinceMs: nowMs - windowsMs[2], kinds: ["oom-kill", "oomd-kill"] as const };
  for await (const { host, alsoOn, time } of store.incidentTimes(kills)) {
    if (time.atMs === null) continue;
    for (const name of [host, ...alsoOn]) {
      const known = times.get(name);
      if (known === undefined) times.set(name, [time.atMs]);
      else known.push(time.atMs);
    }
  }
  return times;
}

function hostRow(summary: HostSummary, kills: readonly EpochMs[], nowMs: EpochMs): HostRow {
  const { last, lastOk, lastOkMs, undatedKillSeenMs } = summary;
  const count = (windowMs: number): number | null => {
    const fromMs = nowMs - windowMs;
    // A visit that read the log covers it up to the visit: a window is watched when the latest one lies in it.
    const isWatched = lastOkMs !== null && lastOkMs >= fromMs;
    // A kill without a time that was seen since may lie in the window or before it: nobody can count.
    const mayLieIn = undatedKillSeenMs !== null && undatedKillSeenMs >= fromMs;
    return isWatched && !mayLieIn ? kills.filter((atMs) => atMs >= fromMs).length : null;
  };
  const gaps = gapsOf(summary.breaks);
  return {
    host: summary.host,
    address: last?.address ?? lastOk?.address ?? null,
    groups: last?.groups ?? [],
    state: last?.state ?? null,
    reason: last === null ? "known from saved logs alone" : last.reason,
    lastOkMs,
    bootAtMs: lastOk?.bootAtMs ?? null,
    boots: summary.boots,
    logFromMs: summary.logFromMs,
    gaps,
    unbrokenFromMs: lastOkMs === null ? null : unbrokenFrom(summary, gaps),
    ring: ringPaceOf(summary.readings),
    unseenKills: unseenKillsOf(summary),
    clockDiffS: lastOk?.clockDiffS ?? null,
    kills24h: count(windowsMs[0]),
    kills7d: count(windowsMs[1]),
    kills30d: count(windowsMs[2]),
  };
}

/** A gap that nothing dates at its end ends with the visit that found it at the latest. */
function unbrokenFrom({ breaks, logFromMs }: HostSummary, gaps: readonly LogGap[]): EpochMs | null {
  const last = gaps.at(-1);
  return last === undefined ? logFromMs : (last.toMs ?? breaks.at(-1)?.startedMs ?? null);
}

/** The counter is read after the log: it never knows of fewer kills than the log tells, but where it is another kernel's. */
function unseenKillsOf({ lastOk, bootKills }: HostSummary): number | null {
  const counted = lastOk?.oomKillCount ?? null;
  return counted === null || bootKills === null ? null : Math.max(0, counted - bootKills);
}
