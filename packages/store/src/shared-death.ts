import type { Sighting } from "@inquest/core";
import type { StoredIncident } from "./incident-rows.ts";
import { loadStoredIncident } from "./incidents.ts";
import type { Sql } from "./sql.ts";

/** Clocks of two containers are one, but their visits date a stamp each in its own way. */
const slackS = 120;

/**
 * The kernel's word on one death, whoever reads it: the same microsecond, pid and name, and a figure of memory or the
 * same boot. A boot id alone proves nothing: clones of a machine share it, and a container may be given its own.
 */
const sharedRows = `
SELECT host, id FROM incidents
WHERE stamp_us = @stampUs AND victim_pid = @pid AND host <> @host AND kind = @kind AND victim_name = @name
  AND (victim_total_vm_kib = @totalVmKiB OR victim_anon_rss_kib = @anonRssKiB OR boot_id = @bootId)
ORDER BY host, id`;

/** The incidents of other hosts that are the death a sighting tells of: containers of one kernel all show its log. */
export function findShared(sql: Sql, { incident }: Sighting): readonly StoredIncident[] {
  const { host, kind, stampUs, bootId, victim } = incident;
  const { pid, name, totalVmKiB, anonRssKiB } = victim;
  if (stampUs === null || pid === null || name === null) return [];
  return (
    sql
      .statement<{ host: string; id: string }>(sharedRows)
      .all({ host, kind, stampUs, bootId, pid, name, totalVmKiB, anonRssKiB })
      .flatMap((row) => loadStoredIncident(sql, row.host, row.id) ?? [])
      // What was found to be one stays so, when one of its hosts learns its clock better.
      .filter((other) => other.alsoOn.includes(host) || canBeOneTime(other, incident))
  );
}

function canBeOneTime({ time: one }: StoredIncident, { time: other }: Sighting["incident"]): boolean {
  if (one.atMs === null || other.atMs === null) return true;
  return Math.abs(one.atMs - other.atMs) / 1000 <= (one.errorS ?? 0) + (other.errorS ?? 0) + slackS;
}

/** How many kills of a boot are kept with another container of the kernel, by host and boot. */
export function countSharedKills(sql: Sql): (host: string, bootId: string) => number {
  const rows = sql
    .statement<{ hosts: string; bootId: string | null }>(
      "SELECT also_on AS hosts, boot_id AS bootId FROM incidents WHERE also_on <> '[]' AND kind = 'oom-kill'",
    )
    .all();
  const counts = new Map<string, number>();
  for (const { hosts, bootId } of rows) {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a list of names was written there
    for (const host of JSON.parse(hosts) as readonly string[]) {
      const key = JSON.stringify([host, bootId]);
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  return (host, bootId) => counts.get(JSON.stringify([host, bootId])) ?? 0;
}
