import type { HostRow } from "./host-row.ts";
import { isoTime } from "./incident-json.ts";
import type { JsonObject } from "./incident-json.ts";

/** One host as JSON. */
export function hostJson(row: HostRow): JsonObject {
  return {
    host: row.host,
    address: row.address,
    groups: row.groups,
    state: row.state,
    reason: row.reason,
    last_ok: isoTime(row.lastOkMs),
    boot_at: isoTime(row.bootAtMs),
    boots: row.boots,
    log_from: isoTime(row.logFromMs),
    gaps: row.gaps.map(({ fromMs, toMs, lost, kind }) => ({
      from: isoTime(fromMs),
      to: isoTime(toMs),
      lost,
      kind,
    })),
    unbroken_from: isoTime(row.unbrokenFromMs),
    wraps_in_h: rounded(row.ring.wrapsInH),
    collected_every_h: rounded(row.ring.everyH),
    clock_diff_s: row.clockDiffS,
    kills_24h: row.kills24h,
    kills_7d: row.kills7d,
    kills_30d: row.kills30d,
    unseen_kills: row.unseenKills,
  };
}

/** A hundredth of an hour is less than such a figure knows. */
function rounded(hours: number | null): number | null {
  return hours === null ? null : Math.round(hours * 100) / 100;
}
