import { existsSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Answer } from "./support/ask.ts";
import { ask } from "./support/ask.ts";
import { openCaseHistory } from "./support/case-history.ts";

let history: Awaited<ReturnType<typeof openCaseHistory>>;
beforeAll(async () => {
  history = await openCaseHistory();
});
afterAll(async () => history[Symbol.asyncDispose]());

const unread = "1 of 3 hosts could not be read on their last visit: inquest hosts\n";
const csv = async (...argv: readonly string[]): Promise<Answer> => ask(history, ["export", "csv", ...argv]);
const rowsOf = (text: string): Record<string, string>[] => parse(text, { columns: true, bom: true });

test("writes one row an incident, with load and uptime of the visit nearest to the death", async () => {
  const { code, out, err } = await csv("incidents");
  expect({ code, err }).toEqual({ code: 0, err: `4 incidents written\n${unread}` });
  expect(rowsOf(out)).toMatchObject([
    { incident_id: "k-bbbbcccccccc", confirmed: "false" },
    { process: "'=java", pid: "185516", time_error_s: "36000", selected_process: "agent" },
    {
      killed_at_utc: "2026-11-21T18:31:00Z",
      killed_at_local: "2026-11-22 02:31:00",
      load1: "3.5",
      load15: "0",
      weekday_local: "Sun",
    },
    { killed_at_utc: "", killed_at_local: "", load1: "", process: "", stamp_s: "28325872.177364" },
  ]);
});

test("takes guards away and adds what Excel wants", async () => {
  expect(rowsOf((await csv("incidents", "--no-guard")).out)[1]).toMatchObject({ process: "=java" });
  const { out } = await csv("incidents", "--excel", "-w", "web01");
  expect(out.startsWith("\uFEFFincident_id,")).toBe(true);
  expect(out.match(/\r\n/g)).toHaveLength(2);
});

test("puts a file in place whole, keeps its mode, and leaves nothing else behind", async () => {
  const path = join(history.folder, "out.csv");
  writeFileSync(path, "old", { mode: 0o640 });
  const { code, out, err } = await csv("incidents", "-O", "out.csv");
  expect({ code, out, err }).toEqual({ code: 0, out: "", err: `4 incidents written to out.csv\n${unread}` });
  expect(rowsOf(readFileSync(path, "utf8"))).toHaveLength(4);
  expect(readdirSync(history.folder).filter((name) => name.includes(".tmp"))).toEqual([]);
});

test("keeps the old file where the new one cannot be made", async () => {
  const { code, err } = await csv("incidents", "-O", "no-folder/out.csv");
  expect(code).toBe(74);
  expect(err).toContain("no-folder/out.csv: the file cannot be written (ENOENT");
  expect(existsSync(join(history.folder, "no-folder"))).toBe(false);
});

test("writes through a symbolic link, and to /dev/null as it is", async () => {
  writeFileSync(join(history.folder, "real.csv"), "old");
  symlinkSync("real.csv", join(history.folder, "link.csv"));
  await csv("incidents", "-O", "link.csv");
  expect(rowsOf(readFileSync(join(history.folder, "real.csv"), "utf8"))).toHaveLength(4);
  expect((await csv("incidents", "-O", "/dev/null")).code).toBe(0);
});

test("a question without an answer still has its header, and exit 1", async () => {
  const { code, out, err } = await csv("incidents", "-c", "nobody");
  expect({ code, err }).toEqual({ code: 1, err: `0 incidents written\n${unread}` });
  expect(out).toMatch(/^incident_id,[^\n]*\n$/);
});

test("exports how hosts are covered, and refuses filters that mean nothing there", async () => {
  expect(rowsOf((await csv("hosts")).out)).toHaveLength(3);
  expect(rowsOf((await csv("hosts", "-w", "web03")).out)).toMatchObject([
    { state: "refused", kills_24h: "" },
  ]);
  const { code, err } = await csv("hosts", "-S", "yesterday");
  expect(code).toBe(2);
  expect(err).toContain("--since does not apply to export csv hosts");
});

test("names what can be exported", async () => {
  expect(await csv("runs")).toEqual({
    code: 2,
    out: "",
    err: 'what: "runs" is none of its values\nhint: write one of incidents, hosts, recurring\n',
  });
});

const jsonl = async (...argv: readonly string[]): Promise<Record<string, unknown>[]> =>
  (await ask(history, ["export", "jsonl", ...argv])).out
    .split("\n")
    .filter((line) => line !== "")
    .map((line): Record<string, unknown> => JSON.parse(line));

test("writes the same things as JSON, an object a line", async () => {
  expect(await jsonl("incidents", "-w", "web01")).toMatchObject([
    { id: "k-aaaaaaaaaaaa", host: "web01", victim: { name: "view" } },
  ]);
  expect((await jsonl("hosts")).map(({ host }) => host)).toEqual(["web01", "web02", "web03"]);
  expect(await jsonl("recurring")).toEqual([]);
  const { code, err } = await ask(history, ["export", "jsonl", "incidents", "--excel"]);
  expect({ code, err }).toEqual({ code: 2, err: "--excel is for csv alone\n" });
});

test("anonymizes with names that are the same in every file and in no other store", async () => {
  await ask(history, ["annotate", "k-aaaa", "--status", "open", "--note", "web01 again"]);
  const [incident] = rowsOf((await csv("incidents", "--anonymize", "-w", "web01")).out);
  expect(incident).toMatchObject({
    incident_id: "k-aaaaaaaaaaaa",
    host: expect.stringMatching(/^host-[0-9a-f]{10}$/),
    groups: expect.stringMatching(/^group-[0-9a-f]{10}$/),
    process: "view",
    status: "open",
    note: "",
    annotation_rev: "",
  });
  for (const form of ["csv", "jsonl"])
    for (const what of ["incidents", "hosts", "recurring"]) {
      const { out } = await ask(history, ["export", form, what, "--anonymize"]);
      expect(out).not.toMatch(/web0|temai|192\.0|52539/);
    }
  const hosts = (await jsonl("hosts", "--anonymize")).map(({ host }) => host);
  expect(hosts[0]).toBe(incident?.["host"]);
  await using other = await openCaseHistory();
  expect((await ask(other, ["export", "jsonl", "hosts", "--anonymize"])).out).not.toContain(hosts[0]);
});
