import { readFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { temporaryStore } from "./support/temporary-store.ts";

/** `## table` headings and the `| column | type |` rows below each, as docs/schema.md has them. */
function documentedColumns(): Record<string, string[]> {
  const text = readFileSync(new URL("../../docs/schema.md", import.meta.url), "utf8");
  const tables = text.split(/^## /m).slice(1);
  return Object.fromEntries(
    tables
      .map((part): [string, string[]] => [
        part.slice(0, part.indexOf("\n")).replaceAll("`", ""),
        [...part.matchAll(/^\| `(\w+)` +\| (\w+)( or null)? +\| \S/gm)].map(
          ([, column, type, nullable]) => `${column} ${type}${nullable ?? ""}`,
        ),
      ])
      .filter(([, columns]) => columns.length > 0),
  );
}

test("is described in docs/schema.md to the last column, type and null", async () => {
  const { path } = await temporaryStore();
  const raw = new DatabaseSync(path);
  const rows = raw
    .prepare(
      `SELECT tables.name AS "table", columns.name AS name, columns.type AS type,
         columns."notnull" OR columns.pk AS known
       FROM pragma_table_list AS tables JOIN pragma_table_info(tables.name) AS columns
       WHERE tables.schema = 'main' AND tables.name NOT LIKE 'sqlite_%' ORDER BY tables.name, columns.cid`,
    )
    .all();
  raw.close();
  const live = Map.groupBy(rows, (row) => String(row["table"]));
  const columns = [...live].map(([table, found]) => [
    table,
    found.map(({ name, type, known }) => `${String(name)} ${String(type)}${known === 1 ? "" : " or null"}`),
  ]);
  expect(documentedColumns()).toEqual(Object.fromEntries(columns));
});
