import { foldHosts, isReadState } from "@inquest/core";
import type { EpochMs } from "@inquest/core";
import { formatFailedHosts } from "../failed-hosts.ts";
import { gapWords } from "../gap-words.ts";
import type { HostRow, LogGap } from "../host-row.ts";
import { formatCount, formatTook } from "../quantity.ts";
import { formatInstant } from "../wall-time.ts";
import { html } from "./html.ts";
import type { Html } from "./html.ts";
import type { Report } from "./report.ts";

/** Lines of one list; the rest is counted. */
const mostLines = 30;
/** Names in one line. */
const mostChars = 400;
const dayMs = 86_400_000;

type Asked = Pick<
  Report,
  "coverage" | "tally" | "undated" | "nowMs" | "zone" | "fallbackZone" | "sinceMs" | "untilMs"
>;

/** Whom and which times this page cannot speak for: what was not read is never told as nothing. */
export function notCovered(report: Asked): Html {
  const { coverage, tally, undated, nowMs } = report;
  const zone = report.zone ?? report.fallbackZone;
  const endMs = Math.min(report.untilMs ?? nowMs, nowMs);
  const saved = coverage.filter(({ state }) => state === null).map(({ host }) => host);
  const late = coverage.filter(
    ({ logFromMs }) => logFromMs !== null && report.sinceMs !== null && logFromMs > report.sinceMs,
  );
  const stale = coverage.filter(
    ({ state, lastOkMs }) =>
      state !== null && isReadState(state) && lastOkMs !== null && lastOkMs < endMs - dayMs,
  );
  const lists = [
    listOf("Hosts that could not be read on the last visit", failedLines(coverage, nowMs)),
    listOf(
      "Hosts not read since more than a day before the end of the window",
      alike(stale, ({ lastOkMs }) => agoText(lastOkMs, nowMs)),
    ),
    listOf(
      "Hosts whose log begins after the window does",
      alike(late, ({ logFromMs }) =>
        logFromMs === null ? "" : `log from ${formatInstant(logFromMs, zone).slice(0, 16)}`,
      ),
    ),
    listOf(
      "Breaks in the logs that were read",
      coverage.flatMap((row) => gapLines(row, zone)),
    ),
    listOf(
      "Kills that the kernel counted since its boot and no line tells of",
      coverage.flatMap(({ host, unseenKills }) =>
        unseenKills === null || unseenKills === 0 ? [] : [`${host}: ${formatCount(unseenKills, "kill")}`],
      ),
    ),
    listOf(
      "Hosts known from saved logs alone: nobody knows what else happened on them",
      saved.length === 0 ? [] : [cut(foldHosts(saved))],
    ),
    listOf("Deaths that are less sure than they look", [
      ...(tally.unconfirmed === 0
        ? []
        : [
            `${formatCount(tally.unconfirmed, "kill")} unconfirmed: the log announces it, its death line is missing`,
          ]),
      ...(undated === 0
        ? []
        : [`${formatCount(undated, "death")} without a time: at the end of the table, in no chart`]),
    ]),
  ].filter((list) => list !== null);
  return lists.length === 0
    ? html`<p class="soft">Every host was read, and no break in a log is known.</p>`
    : html`<div class="gone">${lists}</div>`;
}

function listOf(title: string, lines: readonly string[]): Html | null {
  if (lines.length === 0) return null;
  const rest = lines.length - mostLines;
  return html`<h3>${title}</h3>
    <ul>
      ${lines.slice(0, mostLines).map((line) => html`<li>${line}</li>`)}${rest <= 0 ? null : html`<li>and ${rest} more: <code>inquest hosts</code></li>`}
    </ul>`;
}

function failedLines(coverage: readonly HostRow[], nowMs: EpochMs): readonly string[] {
  const failed = coverage.flatMap(({ host, state, reason, lastOkMs }) =>
    state === null || isReadState(state)
      ? []
      : [{ host, state, reason: `${reason ?? ""} (${agoText(lastOkMs, nowMs)})` }],
  );
  return formatFailedHosts(failed).map(cut);
}

/** One line for all hosts of which the same is to be said. */
function alike(rows: readonly HostRow[], wordsOf: (row: HostRow) => string): readonly string[] {
  return [...Map.groupBy(rows, wordsOf)].map(
    ([words, same]) => `${cut(foldHosts(same.map(({ host }) => host)))}: ${words}`,
  );
}

function gapLines({ host, gaps }: HostRow, zone: string): readonly string[] {
  return gaps.map((gap) => `${host}: ${gapText(gap, zone)}`);
}

function gapText(gap: LogGap, zone: string): string {
  const { fromMs, toMs } = gap;
  const from = fromMs === null ? "" : ` after ${formatInstant(fromMs, zone).slice(0, 16)}`;
  const to = toMs === null ? "" : ` before ${formatInstant(toMs, zone).slice(0, 16)}`;
  return gapWords(gap) + from + to;
}

function agoText(lastOkMs: EpochMs | null, nowMs: EpochMs): string {
  return lastOkMs === null ? "never read" : `last read ${formatTook(nowMs - lastOkMs)} ago`;
}

function cut(text: string): string {
  return text.length <= mostChars ? text : `${text.slice(0, mostChars)}…`;
}
