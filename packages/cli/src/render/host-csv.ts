import type { EpochMs } from "@inquest/core";
import type { CsvValue } from "./csv.ts";
import type { HostRow } from "./host-row.ts";
import { formatUtc } from "./wall-time.ts";

/** Names of the columns of `export csv hosts`. */
export const hostColumns: readonly string[] =
  "host,address,groups,state,reason,last_ok_utc,hours_since_ok,boot_utc,log_from_utc,log_gaps,kills_24h,kills_7d,kills_30d".split(
    ",",
  );

/** One row of `export csv hosts`, in the order of its columns. */
export function hostCells(row: HostRow, nowMs: EpochMs): readonly CsvValue[] {
  return [
    row.host,
    row.address,
    row.groups,
    row.state,
    row.reason,
    utc(row.lastOkMs),
    row.lastOkMs === null ? null : Math.round((nowMs - row.lastOkMs) / 36_000) / 100,
    utc(row.bootAtMs),
    utc(row.logFromMs),
    row.lastOkMs === null ? null : row.gaps.length,
    row.kills24h,
    row.kills7d,
    row.kills30d,
  ];
}

function utc(atMs: EpochMs | null): string | null {
  return atMs === null ? null : formatUtc(atMs);
}
