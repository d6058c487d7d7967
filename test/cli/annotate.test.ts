import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { beforeEach, afterEach, expect, test } from "vitest";
import type { Answer } from "./support/ask.ts";
import { ask } from "./support/ask.ts";
import { openCaseHistory } from "./support/case-history.ts";

let history: Awaited<ReturnType<typeof openCaseHistory>>;
beforeEach(async () => {
  history = await openCaseHistory();
});
afterEach(async () => history[Symbol.asyncDispose]());

const annotate = async (...argv: readonly string[]): Promise<Answer> =>
  ask(history, ["annotate", ...argv], { env: { LOGNAME: "mia" } });
const words = async (): Promise<string[]> => {
  const { out } = await ask(history, ["export", "csv", "incidents"]);
  const rows: Record<string, string>[] = parse(out, { columns: true });
  return rows.map((row) =>
    [row["incident_id"]?.slice(2, 6), row["annotation_rev"], row["status"], row["owner"], row["note"]].join(
      "|",
    ),
  );
};
const sheet = (content: string | Uint8Array, name = "review.csv"): string => {
  writeFileSync(join(history.folder, name), content);
  return name;
};
const untouched = ["bbbb|0|||", "bbbb|0|||", "aaaa|0|||", "dddd|0|||"];

test("writes words on an incident, tells what changes, keeps who wrote what", async () => {
  expect(await annotate("k-aaaa", "--status", "open", "--owner", "mia")).toEqual({
    code: 0,
    out: 'k-aaaaaaaaaaaa web01 view\n  status: "open"\n  owner: "mia"\n',
    err: "1 of 1 incident changed: status 1, owner 1\n",
  });
  const second = await annotate("k-aaaa", "--status", "done", "--owner", "");
  expect(second.out).toContain('  status: "open" becomes "done"\n  owner: "mia" is removed\n');
  expect(second.err).toBe("1 of 1 incident changed: status 1, owner 1; 1 word removed\n");
  expect((await annotate("k-aaaa", "--history")).out).toBe(
    "ID              REV  TIME +01:00          BY   WORDS\n" +
      'k-aaaaaaaaaaaa    1  2026-11-23 04:00:00  mia  status "open", owner "mia"\n' +
      'k-aaaaaaaaaaaa    2  2026-11-23 04:00:00  mia  status "done"\n',
  );
  const utc = await annotate("k-aaaa", "--history", "--utc");
  expect(utc.out).toContain("TIME +00:00");
  expect(utc.out).toContain("1  2026-11-23 03:00:00  mia");
  expect((await annotate("k-aaaa", "--history", "--tz", "Asia/Shanghai")).out).toMatch(
    /TIME \+08:00[^]*2026-11-23 11:00:00 /,
  );
  expect((await ask(history, ["show", "k-aaaa"])).out).toContain("done");
});

test("writes on all that a query finds, and nothing in a dry run", async () => {
  const { code, out, err } = await annotate("-w", "web02", "-c", "=java", "--ticket", "OPS-1", "-n");
  expect({ code, err }).toEqual({
    code: 0,
    err: "dry run, nothing is stored: 1 of 1 incident changed: ticket 1\n",
  });
  expect(out).toContain('ticket: "OPS-1"');
  expect(await words()).toEqual(untouched);
  await annotate("-w", "web02", "--note", "seen");
  expect(await words()).toEqual(["bbbb|1|||seen", "bbbb|1|||seen", "aaaa|0|||", "dddd|1|||seen"]);
  expect((await annotate("-c", "nobody", "--note", "seen")).code).toBe(1);
});

test.each([
  ["nothing to write", ["k-aaaa"], "there is nothing to write"],
  ["no incident", ["--status", "open"], "no incident is named"],
  ["ids beside filters", ["k-aaaa", "-c", "java", "--note", "x"], "ids and filters do not go together"],
  ["words beside a sheet", ["--from", "x.csv", "--note", "x"], "--from stands alone"],
  ["an unknown id", ["k-ffff", "--note", "x"], 'incident "k-ffff" is not in the store'],
])("refuses %s", async (_what, argv, message) => {
  if (argv.includes("x.csv")) sheet("incident_id,note\n", "x.csv");
  const { code, err } = await annotate(...argv);
  expect(code).toBe(2);
  expect(err).toContain(message);
});

const reviewed = (separator: string, end: string): string =>
  [
    ["note", "unrelated", "Incident_ID", "status"],
    ['"two\nlines"', "9", "k-aaaaaaaaaaaa", "open"],
    ["'=cmd|' /C calc'!A0".replace(/^/, '"').replace(/$/, '"'), "", "k-bbbbbbbbbbbb", ""],
  ]
    .map((row) => row.join(separator) + end)
    .join("");

test.each([
  ["commas", Buffer.from(reviewed(",", "\n"))],
  ["a byte order mark, CRLF and semicolons", Buffer.from(`\uFEFF${reviewed(";", "\r\n")}`)],
  ["TABs in UTF-16, Excel's Unicode text", Buffer.from(`\uFEFF${reviewed("\t", "\r\n")}`, "utf16le")],
  ["UTF-16 big endian", Buffer.from(`\uFEFF${reviewed("\t", "\r\n")}`, "utf16le").swap16()],
  ["a name above the header, as Numbers writes it", Buffer.from(`Table 1\n${reviewed(",", "\n")}`)],
  ["a sep line", Buffer.from(`sep=;\r\n${reviewed(";", "\r\n")}`)],
])("reads a sheet with %s", async (_what, bytes) => {
  const { code, out, err } = await annotate("--from", sheet(bytes));
  expect({ code, err }).toEqual({ code: 0, err: "2 of 2 incidents changed: status 1, note 2\n" });
  expect(out).toContain('note: "two\\nlines"');
  expect(await words()).toEqual([
    "bbbb|0|||",
    "bbbb|1|||'=cmd|' /C calc'!A0",
    "aaaa|1|open||two\nlines",
    "dddd|0|||",
  ]);
  const { err: again } = await annotate("--from", sheet(bytes));
  expect(again).toBe("0 of 2 incidents changed\n");
});

test("an export that comes back untouched changes nothing; emptied cells remove, missing columns do not", async () => {
  await annotate("k-aaaa", "--status", "open", "--owner", "=mia", "--note", "'=quoted");
  await ask(history, ["export", "csv", "incidents", "--excel", "-O", "out.csv"]);
  expect((await annotate("--from", "out.csv")).err).toBe("0 of 4 incidents changed\n");
  const text = readFileSync(join(history.folder, "out.csv"), "utf8");
  expect((await annotate("--from", sheet(text.replace("'=mia", "")))).out).toBe(
    'k-aaaaaaaaaaaa web01 view\n  owner: "=mia" is removed\n',
  );
  expect((await annotate("--from", sheet("incident_id,note\nk-aaaaaaaaaaaa,new\n"))).code).toBe(0);
  expect((await words())[2]).toBe("aaaa|3|open||new");
});

test("names what was changed since the export and leaves it, until --overwrite", async () => {
  await annotate("k-aaaa", "--status", "open");
  await ask(history, ["export", "csv", "incidents", "-O", "out.csv"]);
  await annotate("k-aaaa", "--status", "wontfix");
  const text = readFileSync(join(history.folder, "out.csv"), "utf8").replace(",1,open,,,,", ",1,done,,,,hi");
  const { code, out, err } = await annotate("--from", sheet(text));
  expect(code).toBe(1);
  expect(out).toBe('k-aaaaaaaaaaaa web01 view\n  note: "hi"\n');
  expect(err).toContain(
    'review.csv:4: k-aaaaaaaaaaaa: status is "done" here, and the store was changed to "wontfix" since\n',
  );
  expect((await words())[2]).toBe("aaaa|3|wontfix||hi");
  expect((await annotate("--from", "review.csv", "--overwrite")).code).toBe(0);
  expect((await words())[2]).toBe("aaaa|4|done||hi");
});

test("names rows that disagree and ids that are not known, by file and line", async () => {
  const rows = [
    "incident_id,note",
    '"k-aaaaaaaaaaaa","one\nline more"',
    "k-ffffffffffff,x",
    "k-aaaa,x",
    "k-aaaaaaaaaaaa,two",
  ];
  const { code, err } = await annotate("--from", sheet(`${rows.join("\n")}\n`));
  expect(code).toBe(1);
  expect(err).toBe(
    'review.csv:4: incident "k-ffffffffffff" is not in the store\n' +
      'review.csv:5: incident "k-aaaa" is not in the store\n' +
      'review.csv:6: k-aaaaaaaaaaaa: note is "two" here and "one\\nline more" in line 2\n' +
      "0 of 1 incident changed\n3 changes left out, see above; --overwrite settles conflicts\n",
  );
  expect(await words()).toEqual(untouched);
});

test.each([
  ["another sheet", "host,note\nweb01,x\n", "review.csv: no column incident_id"],
  ["a sheet without words", "incident_id,host\nk-aaaaaaaaaaaa,web01\n", "review.csv:1: no column is one"],
  ["a column twice", "incident_id,note,note\n", 'review.csv:1: column "note" is there twice'],
  ["an open quote", 'incident_id,note\nk-aaaaaaaaaaaa,"x\n', "review.csv:2: is no CSV"],
  ["another encoding", Buffer.from([0x61, 0xe4, 0x0a]), "review.csv: is neither UTF-8 nor UTF-16"],
])("refuses %s", async (_what, content, message) => {
  const { code, err } = await annotate("--from", sheet(content));
  expect(code).toBe(2);
  expect(err).toContain(message);
});

test("does not let a word act on a terminal", async () => {
  const { out } = await annotate("k-aaaa", "--note", "\u001b]0;x\u0007");
  expect(out).not.toContain("\u001b");
});
