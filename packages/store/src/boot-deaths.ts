import type { BootDeaths, DatedDeath, Retimed } from "@inquest/core";
import type { Sql, SqlRow } from "./sql.ts";

type DeathRow = Omit<DatedDeath, "time"> & DatedDeath["time"];

const columns = `id, kind, stamp_us AS stampUs, at_ms AS atMs, at_error_s AS errorS, at_method AS method, zone,
  utc_offset_s AS utcOffsetS, victim_name AS name, victim_pid AS pid, detail`;

/** Ids of the deaths that a key names within a boot; "0" is the character behind "/". */
const ofBoot =
  "SELECT id FROM incident_keys WHERE host = @host AND key >= @boot || '/' AND key < @boot || '0'";

/** The deaths of a boot, and what of its host may help to date them. */
export function loadBootDeaths(sql: Sql, host: string, boot: string): BootDeaths {
  const load = (text: string): readonly DatedDeath[] =>
    sql
      .statement<DeathRow>(`SELECT ${columns} FROM incidents WHERE host = @host AND ${text}`)
      .all({ host, boot })
      .map(toDeath);
  const deaths = load(`stamp_us IS NOT NULL AND id IN (${ofBoot})`);
  const alerts = deaths.length === 0 ? [] : load("kind = 'alert'");
  const isOther = `kind <> 'alert' AND (stamp_us IS NULL OR id NOT IN (${ofBoot}))`;
  const rivals = alerts.length === 0 ? [] : load(isOther);
  return { deaths, alerts, rivals };
}

/** The boot that the keys of an incident name, or null. */
export function findBootOf(sql: Sql, host: string, id: string): string | null {
  const rows = sql
    .statement<{ boot: string }>(
      `SELECT boots.boot FROM boots JOIN incident_keys AS keys
       ON keys.host = boots.host AND keys.key >= boots.boot || '/' AND keys.key < boots.boot || '0'
       WHERE boots.host = ? AND keys.id = ? ORDER BY boots.boot`,
    )
    .all(host, id);
  return rows[0]?.boot ?? null;
}

/** Writes new times; all else of the incidents stays. */
export function saveTimes(sql: Sql, host: string, times: readonly Retimed[]): void {
  const update = sql.statement(
    `UPDATE incidents SET at_ms = @atMs, at_error_s = @errorS, at_method = @method, utc_offset_s = @utcOffsetS
     WHERE host = @host AND id = @id`,
  );
  sql.write(() => {
    for (const { id, time, utcOffsetS } of times.toSorted((one, other) => (one.id < other.id ? -1 : 1))) {
      const { atMs, errorS, method } = time;
      const row: SqlRow = { host, id, atMs, errorS, method, utcOffsetS };
      update.run(row);
    }
  });
}

function toDeath({ atMs, errorS, method, ...death }: DeathRow): DatedDeath {
  return { ...death, time: { atMs, errorS, method } };
}
