import type { Incident } from "@inquest/core";
import { UsageError } from "@inquest/core";
import { loadIncident } from "./incidents.ts";
import type { Sql } from "./sql.ts";

interface FoundKey {
  readonly host: string;
  readonly id: string;
}

const whole = `
SELECT host, id FROM incidents WHERE id = @id
UNION SELECT host, id FROM incident_aliases WHERE alias = @id`;

/** U+10FFFF sorts behind every character an id can go on with. */
const prefixed = `
SELECT host, id FROM incidents WHERE id >= @id AND id < @id || char(1114111)
UNION SELECT host, id FROM incident_aliases WHERE alias >= @id AND alias < @id || char(1114111)
ORDER BY id LIMIT 6`;

/** By whole id or alias, else by a prefix that only one incident has. Throws UsageError on an ambiguous one. */
export function findIncidentBy(sql: Sql, place: string, id: string): Incident | null {
  if (id === "") return null;
  const exact = sql.statement<FoundKey>(whole).all({ id });
  const found = exact.length > 0 ? exact : sql.statement<FoundKey>(prefixed).all({ id });
  const [first] = found;
  if (first === undefined) return null;
  if (found.length === 1) return loadIncident(sql, first.host, first.id);
  const some = found.slice(0, 5).map((key) => `${key.id} on ${key.host}`);
  throw new UsageError("ambiguous-incident", `${place}: incident "${id}" fits more than one`, {
    hint: `write more of it: ${[...some, ...(found.length > 5 ? ["…"] : [])].join(", ")}`,
  });
}
