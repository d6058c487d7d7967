import { afterAll, beforeAll, expect, test } from "vitest";
import type { Answer } from "./support/ask.ts";
import { ask } from "./support/ask.ts";
import { openCaseHistory } from "./support/case-history.ts";
import { parsed } from "./support/parsed.ts";

let history: Awaited<ReturnType<typeof openCaseHistory>>;
beforeAll(async () => {
  history = await openCaseHistory();
});
afterAll(async () => history[Symbol.asyncDispose]());

const runs = async (...argv: readonly string[]): Promise<Answer> => ask(history, ["runs", ...argv]);

test("lists runs with what they read and what they could not", async () => {
  expect(await runs("--utc")).toEqual({
    code: 0,
    out: [
      "RUN  STARTED                     TOOK  HOSTS  READ  FAILED  NEW  LABEL",
      "  1  2026-11-23 02:00:00 +00:00  10 s      3     2       1    4  nightly",
      "",
    ].join("\n"),
    err: "1 run\n",
  });
});

test("of one run tells the failed hosts and the totals", async () => {
  const { code, out } = await runs("1");
  expect(code).toBe(0);
  expect(out).toBe(
    "web03: refused: Connection refused\nrun 1: 3 hosts in 10 s: 2 ok, 1 refused\n4 new incidents\n",
  );
});

test("as JSON counts every state, 0 included", async () => {
  const [run] = parsed<object[]>((await runs("-o", "json")).out);
  expect(run).toMatchObject({
    run: 1,
    label: "nightly",
    started: "2026-11-23T02:00:00.000Z",
    finished: "2026-11-23T02:00:10.000Z",
    hosts: { selected: 3, ok: 2, refused: 1, "timeout-connect": 0 },
    new_incidents: 4,
  });
  const one = parsed<object>((await runs("1", "-o", "jsonl")).out);
  expect(one).toMatchObject({ failed: [{ host: "web03", state: "refused", reason: "Connection refused" }] });
});

test("a run that never was is exit 1, a number that is none is exit 2", async () => {
  expect(await runs("9")).toEqual({ code: 1, out: "", err: "there is no run 9\n" });
  expect((await runs("nine")).code).toBe(2);
});
