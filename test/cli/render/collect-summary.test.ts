import type { Run } from "@inquest/core";
import { hostStates } from "@inquest/core";
import { expect, test } from "vitest";
import { toCollectJson } from "../../../packages/cli/src/render/collect-json.ts";
import { formatCollectSummary } from "../../../packages/cli/src/render/collect-summary.ts";

function runOf(states: Partial<Run["states"]>): Run {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- every state has its entry
  const none = Object.fromEntries(hostStates.map((state) => [state, 0])) as Run["states"];
  const startedMs = Date.parse("2026-11-23T03:00:00Z");
  return {
    run: 57,
    label: null,
    startedMs,
    finishedMs: startedMs + 12_300,
    selected: 5,
    states: { ...none, ...states },
    newIncidents: 12,
  };
}

const failed = [
  { host: "web01", state: "refused", reason: "connect to web01 port 22: Connection refused" },
  { host: "web02", state: "refused", reason: "connect to web02 port 22: Connection refused" },
  { host: "db1", state: "auth", reason: "Permission denied (publickey)." },
] as const;

test("tells each kind of failure once, with the hosts folded, and then the totals", () => {
  const collected = { run: runOf({ ok: 2, refused: 2, auth: 1 }), knownIncidents: 40, failed };
  expect(formatCollectSummary(collected, 5)).toEqual([
    "web[01-02]: refused: connect to … port 22: Connection refused",
    "db1: auth: Permission denied (publickey).",
    "run 57: 5 hosts in 12 s: 2 ok, 2 refused, 1 auth",
    "12 new incidents, 40 known before",
  ]);
});

test("counts hosts that were never reached in a run that was cut short", () => {
  const run = { ...runOf({ ok: 2 }), finishedMs: null };
  expect(formatCollectSummary({ run, knownIncidents: null, failed: [] }, 5)).toEqual([
    "run 57: 5 hosts, unfinished: 2 ok, 3 not visited",
    "12 new incidents",
  ]);
});

test("lets no reason of a host act on the terminal", () => {
  const hostile = [{ host: "web1", state: "command-failed", reason: "\u001b]0;owned\u0007" }] as const;
  expect(formatCollectSummary({ run: runOf({}), knownIncidents: 0, failed: hostile }, 1)[0]).toBe(
    "web1: command-failed: \\x1b]0;owned\\x07",
  );
});

const missing = [
  { host: "web02", process: "nginx" },
  { host: "web01", process: "nginx" },
  { host: "db1", process: "\u001B[2Jmysqld" },
];

test("says which watched processes are missing where, one line a process", () => {
  const lines = formatCollectSummary({ run: runOf({ ok: 3 }), knownIncidents: 0, failed: [], missing }, 3);
  expect(lines.slice(0, 2)).toEqual(["web[01-02]: nginx is missing", "db1: \\x1b[2Jmysqld is missing"]);
});

test("counts every state in JSON, 0 included", () => {
  const json = toCollectJson({
    run: runOf({ ok: 2, refused: 2, auth: 1 }),
    knownIncidents: 40,
    failed,
    missing,
  });
  expect(json).toMatchObject({
    run: 57,
    new_incidents: 12,
    known_incidents: 40,
    started: "2026-11-23T03:00:00.000Z",
  });
  expect(Object.keys(Object(json["hosts"]))).toEqual(["selected", ...hostStates]);
  expect(json["hosts"]).toMatchObject({ selected: 5, ok: 2, "timeout-connect": 0 });
  expect(json["failed"]).toEqual(failed);
  expect(json["missing"]).toEqual(missing);
});
