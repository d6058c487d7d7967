import type { EpochMs, Visit } from "@inquest/core";
import { countBootKills, loadBreaks, loadFirstReading, loadReadings } from "./readings.ts";
import { countSharedKills } from "./shared-death.ts";
import type { Sql } from "./sql.ts";
import type { HostSummary, LogBreak } from "./store.ts";
import { toVisit } from "./visit-rows.ts";
import { inReadState } from "./visits.ts";

interface HostRow {
  readonly host: string;
  readonly lastRun: number | null;
  readonly lastOkRun: number | null;
  readonly firstOkMs: EpochMs | null;
  readonly boots: number;
  readonly logFromMs: EpochMs | null;
}

const weekMs = 7 * 86_400_000;

/**
 * One row a host by index seeks alone: the recursion jumps from name to name, the inner queries each touch one end
 * of an index. Its cost follows the hosts, not their visits.
 */
const hostRows = `
WITH RECURSIVE names (host) AS (
  SELECT min(host) FROM (SELECT min(host) AS host FROM visits UNION ALL SELECT min(host) FROM imports)
  UNION ALL
  SELECT (SELECT min(host) FROM (
    SELECT min(host) AS host FROM visits WHERE visits.host > names.host
    UNION ALL SELECT min(host) FROM imports WHERE imports.host > names.host
  )) FROM names WHERE names.host IS NOT NULL
)
SELECT host,
  (SELECT max(run) FROM visits WHERE visits.host = names.host) AS lastRun,
  (SELECT max(run) FROM visits WHERE visits.host = names.host AND ${inReadState}) AS lastOkRun,
  (SELECT min(started_ms) FROM visits WHERE visits.host = names.host AND ${inReadState}) AS firstOkMs,
  (SELECT count(*) FROM boots WHERE boots.host = names.host) AS boots,
  (SELECT min(log_from_ms) FROM visits
    WHERE visits.host = names.host AND log_from_ms IS NOT NULL) AS logFromMs
FROM names WHERE host IS NOT NULL`;

const undatedKills = `
SELECT host, max(first_seen_ms) AS seenMs FROM incidents
WHERE at_ms IS NULL AND kind IN ('oom-kill', 'oomd-kill') GROUP BY host`;

/** Every host that was ever visited or has a saved log, by name. */
export function loadHosts(sql: Sql): readonly HostSummary[] {
  return sql.read(() => {
    const breaks = loadBreaks(sql);
    const sharedKills = countSharedKills(sql);
    const undated = new Map(
      sql
        .statement<{ host: string; seenMs: EpochMs }>(undatedKills)
        .all()
        .map(({ host, seenMs }) => [host, seenMs]),
    );
    return sql
      .statement<HostRow>(hostRows)
      .all()
      .map((row): HostSummary => {
        const lastOk = row.lastOkRun === null ? null : loadVisit(sql, row.host, row.lastOkRun);
        return {
          host: row.host,
          last: row.lastRun === null ? null : loadVisit(sql, row.host, row.lastRun),
          lastOkMs: lastOk?.startedMs ?? null,
          lastOk,
          boots: row.boots,
          logFromMs: row.logFromMs,
          breaks: withFirst(sql, row, breaks.get(row.host) ?? []),
          readings: lastOk === null ? [] : loadReadings(sql, row.host, lastOk.startedMs - weekMs),
          bootKills: lastOk === null ? null : countBootKills(sql, lastOk, sharedKills),
          undatedKillSeenMs: undated.get(row.host) ?? null,
        };
      });
  });
}

/** Where a visit that failed had read the beginning, the first one that was good goes on from nothing known to be read. */
function withFirst(sql: Sql, { host, firstOkMs }: HostRow, breaks: readonly LogBreak[]): readonly LogBreak[] {
  if (firstOkMs === null || breaks[0]?.startedMs === firstOkMs) return breaks;
  const first = loadFirstReading(sql, host);
  return first === null ? breaks : [first, ...breaks];
}

function loadVisit(sql: Sql, host: string, run: number): Visit {
  const row = sql.statement("SELECT * FROM visits WHERE host = ? AND run = ?").get(host, run);
  if (row === undefined)
    throw new Error(`no visit of ${host} in run ${run}, which the same transaction found`);
  return toVisit(row);
}
