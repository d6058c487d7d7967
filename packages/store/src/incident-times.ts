import type { EpochMs, Incident, Seconds, Victim } from "@inquest/core";
import type { IncidentFilter } from "./incident-filter.ts";
import { toCondition } from "./query-sql.ts";
import type { Sql } from "./sql.ts";

/** When and where something died, and who: what recurrence and counts need of an incident. */
export interface IncidentTime extends Pick<
  Incident,
  "id" | "kind" | "host" | "alsoOn" | "groups" | "zone" | "utcOffsetS" | "stampUs" | "bootId" | "reportId"
> {
  /** Host clock. */
  readonly time: { readonly atMs: EpochMs | null; readonly errorS: Seconds | null };
  readonly victim: Pick<Victim, "name">;
}

/** Rows read ahead: an open SQLite cursor would lock the connection for the reader's whole walk. */
const rowsAhead = 5000;

interface Row extends Pick<Incident, "id" | "kind" | "host" | "zone"> {
  readonly also_on: string;
  readonly groups: string;
  readonly utc_offset_s: Seconds | null;
  readonly stamp_us: number | null;
  readonly boot_id: string | null;
  readonly report_id: string | null;
  readonly at_ms: EpochMs;
  readonly at_error_s: Seconds | null;
  readonly victim_name: string | null;
}

/** The incidents of a question that have a time, by time, host and id. */
export function* readIncidentTimes(
  sql: Sql,
  filter: IncidentFilter,
): Generator<IncidentTime, void, undefined> {
  const { text, values } = toCondition(filter);
  const listOf = listReader();
  let last: Row | undefined;
  for (;;) {
    const after = last === undefined ? "" : "AND (at_ms, host, id) > (?, ?, ?)";
    const page = sql.statement<Row>(
      `SELECT id, kind, host, also_on, groups, zone, utc_offset_s, stamp_us, boot_id, report_id,
         at_ms, at_error_s, victim_name
       FROM incidents WHERE at_ms IS NOT NULL AND ${text} ${after} ORDER BY at_ms, host, id LIMIT ${rowsAhead}`,
    );
    const rows = page.all(...values, ...(last === undefined ? [] : [last.at_ms, last.host, last.id]));
    for (const row of rows)
      yield {
        id: row.id,
        kind: row.kind,
        host: row.host,
        alsoOn: listOf(row.also_on),
        groups: listOf(row.groups),
        zone: row.zone,
        utcOffsetS: row.utc_offset_s,
        stampUs: row.stamp_us,
        bootId: row.boot_id,
        reportId: row.report_id,
        time: { atMs: row.at_ms, errorS: row.at_error_s },
        victim: { name: row.victim_name },
      };
    last = rows.at(-1);
    if (rows.length < rowsAhead) return;
  }
}

/** Reads lists of names; those of a fleet are few, and each is parsed and held once. */
function listReader(): (text: string) => readonly string[] {
  const known = new Map<string, readonly string[]>();
  return (text) => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- toJsonColumns wrote a list of names
    const list = known.get(text) ?? (JSON.parse(text) as readonly string[]);
    known.set(text, list);
    return list;
  };
}
