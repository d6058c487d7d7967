import { afterAll, beforeAll, expect, test } from "vitest";
import type { MemoryWorld } from "../support/memory-io.ts";
import type { Answer } from "./support/ask.ts";
import { ask } from "./support/ask.ts";
import { openCaseHistory } from "./support/case-history.ts";
import { parsed } from "./support/parsed.ts";

let history: Awaited<ReturnType<typeof openCaseHistory>>;
beforeAll(async () => {
  history = await openCaseHistory();
});
afterAll(async () => history[Symbol.asyncDispose]());

const hosts = async (argv: readonly string[] = [], world: MemoryWorld = {}): Promise<Answer> =>
  ask(history, ["hosts", ...argv], world);

test("has one row a host, and a host that was not read is never shown as 0 kills", async () => {
  const { code, out, err } = await hosts();
  const rows = out.trimEnd().split("\n");
  expect(code).toBe(0);
  expect(rows[0]).toMatch(/^HOST +STATE +READ +BOOTS +24H +7D +30D +LOG FROM \+01:00 +GAPS +REASON$/);
  expect(rows[1]).toMatch(/^web01 +ok +60 min ago +\d +0 +1 +1 /);
  expect(rows[2]).toMatch(/^web02 +ok +5 d ago +\d +\? +\? +\? .*its clock is 12 s ahead$/);
  expect(rows[3]).toMatch(/^web03 +refused +never +\? +\? +\? +\? +\? +\? +Connection refused$/);
  expect(err).toBe("3 hosts: 2 ok, 1 refused\n");
});

test("moves reasons below their rows on a narrow terminal", async () => {
  const { out } = await hosts([], { columns: 60 });
  expect(out).toMatch(/^ {6,7}Connection refused$/m);
});

test("narrows to named hosts and tells of names that were never visited", async () => {
  expect((await hosts(["web[01-02]", "--field", "host"])).out).toBe("web01\nweb02\n");
  expect((await hosts(["-x", "web01", "--field", "host"])).out).toBe("web02\nweb03\n");
  expect(await hosts(["web09"])).toEqual({
    code: 1,
    out: "",
    err: "1 named host never visited\nno host matches\n",
  });
});

test("as JSON has every name of the contract, null where nobody watched", async () => {
  const rows = parsed<object[]>((await hosts(["-o", "json"])).out);
  expect(Object.keys(rows[0] ?? {})).toEqual(
    "host address groups state reason last_ok boot_at boots log_from gaps unbroken_from wraps_in_h collected_every_h clock_diff_s kills_24h kills_7d kills_30d unseen_kills".split(
      " ",
    ),
  );
  expect(rows).toMatchObject([
    {
      host: "web01",
      address: "192.0.2.1:22",
      state: "ok",
      last_ok: "2026-11-23T02:00:00.000Z",
      kills_24h: 0,
      kills_7d: 1,
    },
    // One of its kills has no time, and may be of any of the last days.
    { host: "web02", clock_diff_s: 12, kills_24h: null, kills_7d: null, kills_30d: null },
    {
      host: "web03",
      state: "refused",
      reason: "Connection refused",
      last_ok: null,
      kills_30d: null,
      gaps: [],
    },
  ]);
});

test("as CSV has the columns of the contract, unknown cells empty", async () => {
  const { out } = await hosts(["-o", "csv"]);
  const [head, first, , third] = out.split("\n");
  expect(head).toBe(
    "host,address,groups,state,reason,last_ok_utc,hours_since_ok,boot_utc,log_from_utc,log_gaps,kills_24h,kills_7d,kills_30d",
  );
  expect(first).toBe(
    "web01,192.0.2.1:22,temai,ok,,2026-11-23T02:00:00Z,1,2026-11-01T00:00:00Z,2026-11-01T00:00:00Z,0,0,1,1",
  );
  expect(third).toBe("web03,192.0.2.1:22,temai,refused,Connection refused,,,,,,,,");
});
