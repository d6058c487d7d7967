import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Answer } from "./support/ask.ts";
import { ask } from "./support/ask.ts";
import { openCaseHistory } from "./support/case-history.ts";
import { parsed } from "./support/parsed.ts";

let history: Awaited<ReturnType<typeof openCaseHistory>>;
beforeAll(async () => {
  history = await openCaseHistory();
});
afterAll(async () => history[Symbol.asyncDispose]());

const show = async (...argv: readonly string[]): Promise<Answer> => ask(history, ["show", ...argv]);

describe("one incident whole", () => {
  test("says when, who died, who was chosen and who asked", async () => {
    const { code, out, err } = await show("k-aaaa");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    for (const line of [
      "k-aaaaaaaaaaaa: oom-kill (memcg) of view [30991] on web01",
      "        time: 2026-11-22 02:31:00 +08:00 ± 7.5 s",
      "         utc: 2026-11-21T18:31:00Z",
      "        died: view [30991], uid 52539",
      "      chosen: the same",
      "       asked: rsync [33825]",
      "    anon rss: 7.7 GiB (8022516 KiB)",
      "  view (uid 52539): one task held up to 7.7 GiB, 93 % of what all tasks held",
      "  Mem-Info is missing",
    ])
      expect(out.split("\n")).toContain(line);
  });

  test("has the largest tasks, and with -v all of them", async () => {
    const { out } = await show("k-aaaa");
    expect(out).toMatch(/ 30991 +541 +7\.7 GiB +15\.3 GiB +0 KiB +0 +view +chosen, died\n/);
    expect(out).toContain("and 5 smaller ones: -v shows all");
    expect(out).not.toContain("worker18");
    expect((await show("k-aaaa", "-v")).out).toContain("worker18");
  });

  test("has the raw lines, and none of them acts on the terminal", async () => {
    const { out } = await show("k-aaaa");
    expect(out).toContain("Kernel log (2 lines):\n  [28325872.1] rsync invoked oom-killer\n");
    expect(out).toContain("\\x1b]0;owned\\x07 Killed process 30991 (view)");
    expect(out).not.toContain("\u001b");
  });

  test("as JSON has every task and line, byte for byte", async () => {
    const { out } = await show("k-aaaa", "-o", "json", "--utc");
    const incident = parsed<{ tasks: object[]; lines: string[] }>(out);
    expect(incident).toMatchObject({ id: "k-aaaaaaaaaaaa", at_local: "2026-11-21 18:31:00", anchors: [] });
    expect(incident.tasks).toHaveLength(20);
    expect(incident.tasks[0]).toMatchObject({
      pid: 30_991,
      tgid: 30_991,
      rss_pages: 2_005_803,
      swapents_pages: 0,
    });
    expect(incident.lines[1]).toContain("\u001b]0;owned\u0007");
    expect(out).not.toContain("\u001b");
  });

  test("of which next to nothing is known shows no invented figure", async () => {
    const { out } = await show("k-dddd");
    expect(out).toContain("unconfirmed: the log announces it and its death line is missing");
    expect(out).toMatch(/time: not known; before 2026-11-/);
    expect(out).toContain("stamp: [28325872.177364]");
    expect(out).not.toMatch(/rss|RAM|swap|null|NaN|undefined/);
  });
});

test("an id that nothing has is exit 1, one that several have is a usage error", async () => {
  expect(await show("k-9")).toEqual({ code: 1, out: "", err: 'there is no incident "k-9"\n' });
  const { code, err } = await show("k-bbbb");
  expect(code).toBe(2);
  expect(err).toContain('incident "k-bbbb" fits more than one');
});
