import { expect, test } from "vitest";
import { anyIncident } from "@inquest/store";
import type { HostSummary } from "@inquest/store";
import { uncoveredHosts } from "../../../packages/cli/src/query/uncovered-hosts.ts";
import { breakOf, summaryOf } from "../support/summary-of.ts";

const hourMs = 3_600_000;
const nowMs = 1_000 * hourMs;
/** A host read from `from` to `to` without a gap, hours before now. */
const read = (host: string, from: number, to: number): HostSummary => {
  const endMs = nowMs - to * hourMs;
  return summaryOf(host, endMs, [breakOf({ startedMs: endMs, fromMs: nowMs - from * hourMs })]);
};

const told = (hosts: readonly HostSummary[], sinceH: number | null, untilH: number | null = null) => {
  const sinceMs = sinceH === null ? null : nowMs - sinceH * hourMs;
  const untilMs = untilH === null ? null : nowMs - untilH * hourMs;
  const question = {
    filter: { ...anyIncident, sinceMs, untilMs },
    excluded: new Set(""),
    excludedGroups: new Set(""),
  };
  return uncoveredHosts(hosts, question, nowMs);
};

test("is silent where every host was read over all of the time", () => {
  expect(told([read("web01", 100, 2), read("web02", 100, 2.5)], 24)).toBeNull();
});

test("names in one line who was not read at all and who only in part", () => {
  const hosts = [read("web01", 100, 2), read("db01", 100, 40), read("db02", 12, 2), summaryOf("db03", null)];
  expect(told(hosts, 24)).toBe(
    "logs read in this time: 2 of 4 not at all: db[01,03]; 1 of 4 in part: db02 (inquest hosts)",
  );
});

test("says so when nobody was read since", () => {
  expect(told([read("web01", 100, 9), read("web02", 100, 9)], 3)).toBe(
    "logs read in this time: 2 of 2 not at all: web[01-02] (inquest hosts)",
  );
});

test("a gap within the time is told, one outside of it is not", () => {
  const gap = breakOf({
    startedMs: nowMs - 30 * hourMs,
    previousMs: nowMs - 60 * hourMs,
    continuity: "possible-gap",
    fromMs: nowMs - 50 * hourMs,
  });
  const first = breakOf({ startedMs: nowMs - 90 * hourMs, fromMs: nowMs - 99 * hourMs });
  const hosts = [summaryOf("web01", nowMs - hourMs, [first, gap])];
  expect(told(hosts, 70, 2)).toMatch(/1 of 1 in part: web01/);
  expect(told(hosts, 45, 2)).toBeNull();
});

test("without a time it tells of hosts whose last visit failed", () => {
  expect(told([read("web01", 9, 1), summaryOf("db03", null)], null)).toBe(
    "1 of 2 hosts could not be read on their last visit: inquest hosts",
  );
});
