import type { EpochMs, Visit } from "@inquest/core";
import type { ColumnsOf } from "./columns.ts";
import { fromColumns } from "./columns.ts";
import type { Sql } from "./sql.ts";
import type { LogBreak, LogReading } from "./store.ts";
import { inReadState } from "./visits.ts";

/** In the words of the partial index visits_breaks. */
const isBreak =
  "log_continuity IN ('first-contact', 'lost', 'possible-gap', 'new-boot') OR log_lost_records > 0";

const before = (column: string): string =>
  `(SELECT ${column} FROM visits AS earlier
    WHERE earlier.host = visits.host AND earlier.${inReadState} AND earlier.started_ms < visits.started_ms
    ORDER BY earlier.started_ms DESC LIMIT 1)`;

type BreakRow = { readonly host: string } & Omit<LogBreak, "isFromBoot"> & { readonly fromBoot: number };

const breakColumns = `
SELECT host, started_ms AS startedMs, clock_diff_s AS clockDiffS, log_continuity AS continuity,
  log_lost_records AS lostRecords, log_from_ms AS fromMs, log_from_boot AS fromBoot, boot_at_ms AS bootAtMs,
  ${before("started_ms")} AS previousMs, ${before("clock_diff_s")} AS previousDiffS
FROM visits`;

const breakRows = `${breakColumns} WHERE ${isBreak} ORDER BY host, started_ms`;
const firstRow = `${breakColumns} WHERE host = ? AND ${inReadState} ORDER BY started_ms LIMIT 1`;

/** The readings of every host that did not plainly go on where the one before ended, oldest first. */
export function loadBreaks(sql: Sql): ReadonlyMap<string, readonly LogBreak[]> {
  const breaks = new Map<string, LogBreak[]>();
  for (const { host, ...row } of sql.statement<BreakRow>(breakRows).all()) {
    const one = toBreak(row);
    const known = breaks.get(host);
    if (known === undefined) breaks.set(host, [one]);
    else known.push(one);
  }
  return breaks;
}

/** The first good reading of a host, as one that nothing was read before. */
export function loadFirstReading(sql: Sql, host: string): LogBreak | null {
  const row = sql.statement<BreakRow>(firstRow).get(host);
  if (row === undefined) return null;
  const { host: _host, ...first } = row;
  return { ...toBreak(first), continuity: "first-contact", lostRecords: null };
}

function toBreak({ fromBoot, ...row }: Omit<BreakRow, "host">): LogBreak {
  return { ...row, isFromBoot: fromBoot === 1 };
}

const readingColumns: ColumnsOf<LogReading> = {
  startedMs: "started_ms",
  boot: "boot",
  newBytes: "log_new_bytes",
  ringBytes: "log_ring_bytes",
};

const readingRows = `
SELECT started_ms, boot, log_new_bytes, log_ring_bytes FROM visits
WHERE host = ? AND ${inReadState} AND started_ms >= ? ORDER BY started_ms LIMIT 1000`;

/** The readings of a host since a time, oldest first. */
export function loadReadings(sql: Sql, host: string, sinceMs: EpochMs): readonly LogReading[] {
  const rows = sql.statement(readingRows).all(host, sinceMs);
  return rows.map((row) => fromColumns<LogReading>(readingColumns, row));
}

/** A kill that names no boot counts where it may be of this one: fewer are missing then, never more. */
const bootKills = `
SELECT count(*) AS kills FROM incidents
WHERE kind = 'oom-kill' AND host = @host AND (boot_id = @bootId
  OR (boot_id IS NULL AND (at_ms IS NULL OR at_ms BETWEEN @bootAtMs AND @endedMs)))`;

/** How many kills of the boot that a visit saw are known from a line; null where the visit tells no boot id. */
export function countBootKills(
  sql: Sql,
  { host, bootId, bootAtMs, endedMs }: Visit,
  sharedKills: (host: string, bootId: string) => number,
): number | null {
  if (bootId === null) return null;
  const own = sql.statement<{ kills: number }>(bootKills).get({ host, bootId, bootAtMs, endedMs });
  return (own?.kills ?? 0) + sharedKills(host, bootId);
}
