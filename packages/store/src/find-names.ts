import type { Sql } from "./sql.ts";
import type { NameKind } from "./store.ts";

/** More than anybody reads. */
const mostNames = 500;

/** U+10FFFF sorts behind every character a name can go on with. */
const end = "@prefix || char(1114111)";

const names: Readonly<Record<NameKind, string>> = {
  host: `SELECT DISTINCT host AS name FROM visits WHERE host >= @prefix AND host < ${end}
    UNION SELECT DISTINCT host FROM imports WHERE host >= @prefix AND host < ${end}
    ORDER BY name LIMIT ${mostNames}`,
  // The groups of today: those of the last runs, not of every visit there ever was.
  group: `SELECT DISTINCT value AS name FROM visits, json_each(groups)
    WHERE run IN (SELECT run FROM runs ORDER BY run DESC LIMIT 5) AND value >= @prefix AND value < ${end}
    ORDER BY name LIMIT ${mostNames}`,
  incident: `SELECT id AS name FROM incidents WHERE id >= @prefix AND id < ${end}
    UNION SELECT alias FROM incident_aliases WHERE alias >= @prefix AND alias < ${end}
    ORDER BY name LIMIT ${mostNames}`,
};

/** The first names of a kind that begin so. */
export function findNames(sql: Sql, kind: NameKind, prefix: string): readonly string[] {
  return sql
    .statement<{ name: string }>(names[kind])
    .all({ prefix })
    .map(({ name }) => name);
}
