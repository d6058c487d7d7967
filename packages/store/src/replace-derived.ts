import { isDeepStrictEqual } from "node:util";
import { isAnnotated } from "./annotations.ts";
import type { OldIncident, OldIncidents } from "./derived-rows.ts";
import { restoreBonds, restoreNames, takeIncidents } from "./derived-rows.ts";
import { improveIncident, union } from "./improve-incident.ts";
import { toIncidentRow } from "./incident-rows.ts";
import type { StoredIncident } from "./incident-rows.ts";
import { moveSayings } from "./incident-words.ts";
import { loadStoredIncident, saveIncident } from "./incidents.ts";
import { replayRecord, sightingsIn } from "./replay-record.ts";
import { dropReports, dropUnusedReports } from "./reports.ts";
import { saveSighting } from "./save-sighting.ts";
import { inKeyOrder, shareReport } from "./save-sightings.ts";
import type { Sql } from "./sql.ts";
import type { Replaced, Reread } from "./store.ts";
import { latestUnreadRun } from "./unread-evidence.ts";

/** Whether evidence of an incident may be missing from what was read again. */
type IsPartial = (old: OldIncident) => boolean;

/** Makes all derived rows of a host anew in one transaction; Store.replaceDerived says what stays. */
export function replaceDerived(sql: Sql, host: string, records: readonly Reread[]): Replaced {
  return sql.write(() => {
    const unread = latestUnreadRun(sql, host, records);
    const olds = takeIncidents(sql, host);
    const isPartial: IsPartial = ({ incident }) => unread !== null && incident.run <= unread;
    const kept = new Set(olds.all.filter(isPartial).flatMap(({ incident }) => incident.reportId ?? []));
    dropReports(
      sql,
      host,
      reportIdsOf(records).filter((id) => !kept.has(id)),
    );
    const told = replay(sql, host, records, olds);
    const heirs = Map.groupBy(olds.all, ({ incident }) => heirOf(sql, host, incident.id, told));
    let changed = 0;
    for (const [id, group] of heirs) {
      if (id !== null && settle(sql, host, id, group, isPartial)) changed += 1;
    }
    const lost = heirs.get(null) ?? [];
    const staying = lost.filter((old) => isPartial(old) || isAnnotated(old.annotation));
    for (const old of staying) {
      saveIncident(sql, old.incident);
      restoreNames(sql, old, old.incident.id);
    }
    dropUnusedReports(sql, host);
    return {
      before: olds.all.length,
      after: countIncidents(sql, host),
      changed,
      gone: lost.length - staying.length,
    };
  });
}

/** Saves the records as if they came for the first time. Returns which incidents tell of each old one now. */
function replay(
  sql: Sql,
  host: string,
  records: readonly Reread[],
  olds: OldIncidents,
): ReadonlyMap<string, readonly string[]> {
  const told = new Map<string, string[]>();
  for (const reread of records) {
    const first = replayRecord(sql, host, reread);
    for (const sighting of inKeyOrder(sightingsIn(reread))) {
      const own = olds.idsOf(sighting);
      // What was this host's own stays its own.
      const saved = saveSighting(sql, first, sighting, { ownOnly: own.length > 0 });
      shareReport(sql, sighting, saved);
      for (const old of own) told.set(old, [...(told.get(old) ?? []), saved.id]);
    }
  }
  return told;
}

/** The incident that an old one is now: the one with its id, else the first that tells of it, else null. */
function heirOf(
  sql: Sql,
  host: string,
  id: string,
  told: ReadonlyMap<string, readonly string[]>,
): string | null {
  const resolve = sql.statement<{ id: string }>(
    `SELECT id FROM incidents WHERE host = @host AND id = @id
     UNION ALL SELECT id FROM incident_aliases WHERE host = @host AND alias = @id`,
  );
  for (const name of [id, ...(told.get(id) ?? [])]) {
    const found = resolve.get({ host, id: name });
    if (found !== undefined) return found.id;
  }
  return null;
}

/**
 * Gives an incident made anew the id and the first sight of the oldest of the old ones that it is, and all their
 * aliases and annotations. Returns whether it says something else than that one did.
 */
function settle(
  sql: Sql,
  host: string,
  id: string,
  group: readonly OldIncident[],
  isPartial: IsPartial,
): boolean {
  const [oldest] = group;
  const anew = loadStoredIncident(sql, host, id);
  if (oldest === undefined || anew === null) throw new Error(`incident ${id} of ${host} was lost on the way`);
  const partial = group.filter(isPartial);
  const incident: StoredIncident = {
    // What evidence that was not read again told is not given up.
    ...partial.reduce<StoredIncident>((one, old) => improveIncident(one, old.incident), anew),
    id: oldest.incident.id,
    alsoOn: group.reduce<readonly string[]>((all, old) => union(all, old.incident.alsoOn), anew.alsoOn),
    firstSeenMs: oldest.incident.firstSeenMs,
    run: oldest.incident.run,
  };
  const row = toIncidentRow(incident);
  if (incident.id !== id || !isDeepStrictEqual(row, toIncidentRow(anew))) saveIncident(sql, incident);
  if (incident.id !== id) rename(sql, host, id, incident.id);
  for (const old of group) {
    if (isPartial(old)) restoreNames(sql, old, incident.id);
    else restoreBonds(sql, old, incident.id);
  }
  return !isDeepStrictEqual(row, toIncidentRow(oldest.incident));
}

/** Hands all that names one incident to another and removes it; no alias: its id was never told to anybody. */
function rename(sql: Sql, host: string, from: string, to: string): void {
  moveSayings(sql, host, from, to);
  for (const table of ["incident_keys", "incident_aliases"]) {
    sql.statement(`UPDATE ${table} SET id = @to WHERE host = @host AND id = @from`).run({ host, from, to });
  }
  sql.statement("DELETE FROM incidents WHERE host = ? AND id = ?").run(host, from);
  sql.statement("DELETE FROM incident_aliases WHERE host = ? AND alias = ?").run(host, to);
}

function reportIdsOf(records: readonly Reread[]): readonly string[] {
  const reports = records.flatMap((reread) => ("record" in reread ? reread.record : reread.batch).reports);
  return [...new Set(reports.map(({ reportId }) => reportId))];
}

function countIncidents(sql: Sql, host: string): number {
  const row = sql.statement<{ count: number }>("SELECT count(*) AS count FROM incidents WHERE host = ?");
  return row.get(host)?.count ?? 0;
}
