import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { ask } from "./support/ask.ts";
import { openCaseHistory } from "./support/case-history.ts";

let history: Awaited<ReturnType<typeof openCaseHistory>>;
beforeEach(async () => {
  history = await openCaseHistory();
});
afterEach(async () => history[Symbol.asyncDispose]());
const db = async (...argv: readonly string[]) => ask(history, ["db", ...argv]);

test("tells what takes the room, by table and by host", async () => {
  const { code, out } = await db("usage");
  expect(code).toBe(0);
  expect(out).toMatch(/^incidents +4 +\d+ KiB$/m);
  expect(out).toMatch(/^web02 +3 +0 B +2026-11-10T00:00:00Z +2026-11-20T10:00:00Z$/m);
  expect(out).toMatch(/KiB altogether, .* of it free\n$/);
});

test("says of a sound store that it is, and exits 74 where it is damaged", async () => {
  expect(await db("check")).toMatchObject({
    code: 0,
    out: expect.stringContaining("the store is sound (schema "),
  });
  const bytes = readFileSync(history.db);
  bytes.fill(0xff, 4096 * 3, 4096 * 12);
  writeFileSync(history.db, bytes);
  const { code, out, err } = await db("check");
  expect(code).toBe(74);
  expect(out + err).toMatch(/damage/);
});

test("copies the store to a file that answers as the store does", async () => {
  expect(await db("backup", "copy.db")).toEqual({
    code: 0,
    out: "",
    err: "the store is copied to copy.db\n",
  });
  const copy = await ask({ folder: history.folder, db: join(history.folder, "copy.db") }, ["incidents"]);
  expect(copy).toEqual(await ask(history, ["incidents"]));
  expect((await db("backup", "no-folder/copy.db")).code).toBe(74);
});

test("prunes after a dry run that told the same", async () => {
  const argv = ["prune", "--older-than", "2d", "--keep-annotated"];
  await ask(history, ["annotate", "k-bbbbc", "--note", "kept"]);
  const dry = await db(...argv, "-n");
  expect(dry.out).toContain(
    "dry run, nothing is removed: before 2026-11-21T03:00:00Z: 2 incidents; 1 annotated one kept",
  );
  const { code, out } = await db(...argv);
  expect({ code, out }).toEqual({ code: 0, out: dry.out.replace("dry run, nothing is removed: ", "") });
  const left = (await ask(history, ["incidents", "-o", "csv", "--fields", "id"])).out;
  expect(left.trim().split("\n")).toEqual(["id", "k-bbbbcccccccc", "k-aaaaaaaaaaaa"]);
});

test.each([
  [["prune"], "db prune needs --older-than"],
  [["prune", "--older-than", "400"], '--older-than: time span "400" is not understood'],
  [["prune", "--older-than", "1h"], "is not understood"],
  [["usage", "--older-than", "400d"], "--older-than is for db prune alone"],
  [["backup"], "db backup needs a file"],
  [["check", "x"], "db check takes no file"],
])("refuses db %j", async (argv, message) => {
  const { code, err } = await db(...argv);
  expect(code).toBe(2);
  expect(err).toContain(message);
});
