import { foldHosts, isReadState } from "@inquest/core";
import type { EpochMs } from "@inquest/core";
import type { HostSummary } from "@inquest/store";
import type { IncidentQuery } from "../options/query.ts";
import { sanitize } from "../render/sanitize.ts";
import { spansOf } from "./watched-spans.ts";
import type { WatchedSpan } from "./watched-spans.ts";

/** What of a question narrows hosts and time. */
type Question = Pick<IncidentQuery, "filter" | "excluded" | "excludedGroups">;

/** Stamps are placed on the calendar to about a second. */
const slackMs = 2000;
/** Hosts of one run are read one after the other. */
const runMs = 3_600_000;
const mostNames = 200;

/**
 * A warning, one line, when the answer to a question is less than it seems: hosts whose log was not read over all of
 * the time asked about, or, where no time is, hosts whose latest visit failed; else null. `nowMs`: collector clock.
 */
export function uncoveredHosts(
  hosts: readonly HostSummary[],
  question: Question,
  nowMs: EpochMs,
): string | null {
  const asked = hosts.filter((summary) => isAsked(summary, question));
  const { sinceMs, untilMs } = question.filter;
  if (sinceMs === null && untilMs === null) return unreadHosts(asked);
  const newestMs = asked.reduce((newest, { lastOkMs }) => Math.max(newest, lastOkMs ?? 0), 0);
  // What came after the latest collection nobody asks of a single host; where all lies after it, none was read.
  const untilEndMs = Math.min(untilMs ?? nowMs, nowMs);
  const endMs = newestMs > (sinceMs ?? 0) ? Math.min(untilEndMs, newestMs - runMs) : untilEndMs;
  const parts = asked.map((summary) => ({
    host: summary.host,
    covered: coverageIn(spansOf(summary), sinceMs ?? summary.logFromMs ?? -Infinity, endMs),
  }));
  const none = parts.filter(({ covered }) => covered === "none").map(({ host }) => host);
  const some = parts.filter(({ covered }) => covered === "part").map(({ host }) => host);
  const words = [
    ...(none.length === 0 ? [] : [`${none.length} of ${asked.length} not at all: ${namesOf(none)}`]),
    ...(some.length === 0 ? [] : [`${some.length} of ${asked.length} in part: ${namesOf(some)}`]),
  ];
  return words.length === 0 ? null : `logs read in this time: ${words.join("; ")} (inquest hosts)`;
}

function isAsked({ host, last }: HostSummary, { filter, excluded, excludedGroups }: Question): boolean {
  // Of a host known from saved logs alone no visit tells what it covers.
  if (last === null || excluded.has(host)) return false;
  if (last.groups.some((group) => excludedGroups.has(group))) return false;
  const { hosts, groups } = filter;
  return (
    (hosts.length === 0 || hosts.includes(host)) &&
    (groups.length === 0 || last.groups.some((group) => groups.includes(group)))
  );
}

function unreadHosts(asked: readonly HostSummary[]): string | null {
  const unread = asked.filter(({ last }) => last !== null && !isReadState(last.state)).length;
  if (unread === 0) return null;
  return `${unread} of ${asked.length} hosts could not be read on their last visit: inquest hosts`;
}

function coverageIn(
  spans: readonly WatchedSpan[],
  sinceMs: EpochMs,
  untilMs: EpochMs,
): "whole" | "part" | "none" {
  const within = spans.filter(({ fromMs, toMs }) => fromMs <= untilMs && toMs >= sinceMs);
  if (within.length === 0) return "none";
  let readMs = sinceMs;
  for (const { fromMs, toMs } of within) {
    if (fromMs > readMs + slackMs) return "part";
    readMs = toMs;
  }
  return readMs + slackMs < untilMs ? "part" : "whole";
}

function namesOf(hosts: readonly string[]): string {
  const names = sanitize(foldHosts(hosts));
  return names.length <= mostNames ? names : `${names.slice(0, mostNames)}…`;
}
