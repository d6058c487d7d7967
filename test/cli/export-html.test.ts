import { readFileSync, readdirSync } from "node:fs";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Answer } from "./support/ask.ts";
import { ask } from "./support/ask.ts";
import { openCaseHistory } from "./support/case-history.ts";
import { hostileName, openHostileHistory } from "./support/hostile-history.ts";

let history: Awaited<ReturnType<typeof openCaseHistory>>;
beforeAll(async () => {
  history = await openCaseHistory();
});
afterAll(async () => history[Symbol.asyncDispose]());

const page = async (...argv: readonly string[]): Promise<Answer> => ask(history, ["export", "html", ...argv]);
const wordsOf = (markup: string): string =>
  markup
    .replaceAll(/<(style|script|svg)[\s\S]*?<\/\1>/g, "")
    .replaceAll(/<[^>]*>/g, " ")
    .replaceAll(/\s+/g, " ");

test("puts one page in place whole, and says how much is in it", async () => {
  const { code, out, err } = await page("-O", "report.html");
  expect({ code, out }).toEqual({ code: 0, out: "" });
  expect(err).toMatch(/^4 incidents in the report: report\.html\n/);
  expect(readFileSync(join(history.folder, "report.html"), "utf8")).toMatch(
    /^<!doctype html>[\s\S]*<\/html>\n$/,
  );
  expect(readdirSync(history.folder).filter((name) => name.includes(".tmp"))).toEqual([]);
});

test("begins with the answer, its window, its zone and what it covers", async () => {
  const words = wordsOf((await page()).out);
  expect(words).toContain("2 kills, 2 unconfirmed on 2 hosts");
  expect(words).toContain("everything in the store; incidents from 2026-11-10 to 2026-11-22");
  expect(words).toContain("in each host&#39;s own zone (Europe/Berlin where a host told none)");
  expect(words).toContain("3 hosts: 2 read on the last visit, 1 not read");
  expect(words).toContain("1 host could not be read on the last visit, so this page may say too little.");
});

test("answers the same questions as the lists do, and says which", async () => {
  const { out } = await page("-w", "web01", "-S", "2026-11-20", "--utc", "-c", "view");
  const words = wordsOf(out);
  expect(words).toContain("1 kill on 1 host");
  expect(words).toContain("2026-11-20 00:00:00 +00:00 to now");
  expect(words).toContain("Asked for -w web01 --since 2026-11-20 --process view");
  expect(words).not.toContain("web02");
});

test("lists incidents newest first, those without a time at the end with their stamp", async () => {
  const ids = [...(await page()).out.matchAll(/<tr id="(k-[^"]+)"/g)].map(([, id]) => id);
  expect(ids).toEqual(["k-aaaaaaaaaaaa", "k-bbbbbbbbbbbb", "k-bbbbcccccccc", "k-dddddddddddd"]);
  expect(wordsOf((await page()).out)).toMatch(/\[28325872\.177364\] before 2026-11-\d\d/);
});

test("tells what it does not cover", async () => {
  const words = wordsOf((await page()).out);
  expect(words).toContain("web03: refused: Connection refused (never read)");
  expect(words).toContain("web02: last read 5 d ago");
  expect(words).toContain("1 death without a time: at the end of the table, in no chart");
  expect(wordsOf((await page("-S", "2026-10-01")).out)).toContain("web[01-02]: log from 2026-11-01");
});

test("an empty answer is still a page, and exit 1", async () => {
  const { code, out, err } = await page("-c", "nobody");
  expect(code).toBe(1);
  expect(err).toMatch(/^0 incidents in the report\n/);
  expect(wordsOf(out)).toContain("No death is known of");
  expect(out).not.toContain("<table id=");
});

test("is one page: a word for rows is refused, and csv needs one", async () => {
  expect(await page("incidents")).toMatchObject({
    code: 2,
    err: expect.stringContaining("has no place in it"),
  });
  expect(await ask(history, ["export", "csv"])).toMatchObject({
    code: 2,
    err: "a word is missing after export csv\nhint: write one of incidents, hosts, recurring\n",
  });
});

test("lets no script run but its own, by hash, and asks nobody for anything", async () => {
  const { out } = await page();
  const scripts = [...out.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(([, text = ""]) => text);
  expect(scripts).toHaveLength(1);
  const hash = createHash("sha256")
    .update(scripts[0] ?? "")
    .digest("base64");
  expect(out).toContain(`default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${hash}'`);
  expect(out).not.toMatch(/\b(?:src|href)="(?!#)|url\((?!#)|@import|http:|https:/);
});

test("names nobody with --anonymize, and counts the same", async () => {
  const { code, out } = await page("--anonymize", "-w", "web01,web02");
  expect(code).toBe(0);
  expect(out).not.toMatch(/web0\d/);
  expect(wordsOf(out)).toContain("2 kills, 2 unconfirmed on 2 hosts");
  expect(wordsOf(out)).toMatch(/host-[0-9a-f]{10}/);
});

describe("hosts and processes that mean no good", () => {
  test("are shown and do nothing", async () => {
    const hostile = await openHostileHistory();
    try {
      const { code, out } = await ask(hostile, ["export", "html"]);
      expect(code).toBe(0);
      expect(out.match(/<script/g)).toHaveLength(1);
      expect(out).not.toContain("<img");
      expect(out).not.toMatch(/(?!\n)\p{Cc}|\p{Cf}/u);
      expect(out).toContain("&lt;img src=x onerror=");
      expect(out).not.toContain(hostileName);
    } finally {
      await hostile[Symbol.asyncDispose]();
    }
  });
});
