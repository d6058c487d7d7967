import type { IncidentFilter } from "./incident-filter.ts";
import type { SqlValue } from "./sql.ts";

/** A condition of fixed fragments and the values bound to its `?`, in their order. */
export interface Condition {
  readonly text: string;
  readonly values: readonly SqlValue[];
}

type Clause = readonly [text: string, ...values: SqlValue[]];

/**
 * An incident filter as a WHERE condition on `incidents`. A time bound leaves out what has no time; the bound of
 * at_ms itself, wider by the largest error stored, lets the time index skip the rest.
 */
export function toCondition(filter: IncidentFilter): Condition {
  const clauses: readonly (Clause | null)[] = [
    filter.sinceMs === null ? null : ["at_ms + at_error_s * 1000 >= ?", filter.sinceMs],
    filter.sinceMs === null ? null : [`at_ms >= ? - ${largestErrorMs}`, filter.sinceMs],
    filter.untilMs === null ? null : ["at_ms - at_error_s * 1000 <= ?", filter.untilMs],
    filter.untilMs === null ? null : [`at_ms <= ? + ${largestErrorMs}`, filter.untilMs],
    hostClause(filter.hosts),
    filter.groups.length === 0
      ? null
      : [`EXISTS (SELECT 1 FROM json_each(groups) WHERE value IN (${listed}))`, toList(filter.groups)],
    filter.process === null ? null : ["victim_name = ?", filter.process],
    filter.pid === null ? null : ["victim_pid = ?", filter.pid],
    filter.uid === null ? null : ["victim_uid = ?", filter.uid],
    filter.kinds.length === 0 ? null : [`kind IN (${listed})`, toList(filter.kinds)],
    filter.scopes.length === 0 ? null : [`scope IN (${listed})`, toList(filter.scopes)],
    filter.cgroupGlob === null
      ? null
      : ["(victim_cgroup GLOB ? OR memcg_path GLOB ?)", filter.cgroupGlob, filter.cgroupGlob],
    filter.run === null ? null : ["run = ?", filter.run],
    filter.undated ? ["at_ms IS NULL"] : null,
  ];
  const asked = clauses.filter((clause) => clause !== null);
  return {
    text: asked.map(([text]) => `(${text})`).join(" AND ") || "TRUE",
    values: asked.flatMap(([, ...values]) => values),
  };
}

const largestErrorMs = "(SELECT coalesce(max(at_error_s), 0) * 1000 FROM incidents)";
/** A list is bound as one JSON text: SQLite binds at most 32,766 values and a fleet may be larger. */
const listed = "SELECT value FROM json_each(?)";
/** Up to here the rows of the named hosts are looked up, above it every row is asked for its host. */
const fewHosts = 64;

function hostClause(hosts: readonly string[]): Clause | null {
  if (hosts.length === 0) return null;
  const list = toList(hosts);
  const shared = `also_on <> '[]' AND EXISTS (SELECT 1 FROM json_each(also_on) WHERE value IN (${listed}))`;
  if (hosts.length > fewHosts) return [`host IN (${listed}) OR (${shared})`, list, list];
  const own = `SELECT rowid FROM incidents WHERE host IN (${listed})`;
  return [`rowid IN (${own} UNION SELECT rowid FROM incidents WHERE ${shared})`, list, list];
}

function toList(values: readonly string[]): string {
  return JSON.stringify(values);
}
