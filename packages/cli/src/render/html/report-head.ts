import { isReadState } from "@inquest/core";
import type { EpochMs } from "@inquest/core";
import { formatCount } from "../quantity.ts";
import { formatZonedInstant } from "../wall-time.ts";
import { dateText } from "./date-text.ts";
import { html } from "./html.ts";
import type { Html } from "./html.ts";
import type { Report } from "./report.ts";

/** The answer in one line, what it is an answer to, and the figures that put it in its place. */
export function reportHead(report: Report): Html {
  const { tally, coverage, recurrences, filters } = report;
  const unread = coverage.filter(({ state }) => state !== null && !isReadState(state)).length;
  const sure = recurrences.filter(({ level }) => level === "recurring").length;
  return html`<header>
    <p class="eyebrow">inquest report</p>
    <h1>${headline(report)}</h1>
    <dl class="facts">
      <dt>Window</dt>
      <dd>${windowText(report)}</dd>
      <dt>Times</dt>
      <dd>${zoneText(report)}, each with its ± error</dd>
      <dt>Hosts</dt>
      <dd>${coverageText(report)}</dd>
      ${
        filters.length === 0
          ? null
          : html`<dt>Asked for</dt>
              <dd><code>${filters.join(" ")}</code></dd>`
      }
      ${
        othersOf(tally) === 0
          ? null
          : html`<dt>Others</dt>
              <dd>${[...tally.others].map(([kind, count]) => `${count} ${kind}`).join(", ")}</dd>`
      }
      <dt>Written</dt>
      <dd>${instantText(report.nowMs, readingZone(report))}</dd>
    </dl>
    <ul class="tiles">
      ${tiles([
        [tally.kills, tally.kills === 1 ? "kill" : "kills"],
        [tally.unconfirmed, "unconfirmed"],
        [othersOf(tally), "other deaths and failures"],
        [tally.hosts.size, `of ${formatCount(coverage.length, "host")} touched`],
        [sure, recurrences.length > sure ? `recurring, ${recurrences.length - sure} possible` : "recurring"],
        [unread, unread === 1 ? "host not read" : "hosts not read"],
      ])}
    </ul>
    ${unread === 0 ? null : html`<p class="warn">${formatCount(unread, "host")} could not be read on the last visit, so this page may say too little. <a href="#not-covered">What is not covered</a></p>`}
  </header>`;
}

/** For the page's title and its heading: `9 kills, 1 unconfirmed, 3 other deaths or failures on 4 hosts`. */
export function headline({ tally }: Report): string {
  const { incidents, kills, unconfirmed, hosts } = tally;
  if (incidents === 0) return "No death is known of";
  const others = othersOf(tally);
  const parts = [
    ...(kills > 0 ? [formatCount(kills, "kill")] : []),
    ...(unconfirmed > 0
      ? [`${unconfirmed} unconfirmed${kills > 0 ? "" : unconfirmed === 1 ? " kill" : " kills"}`]
      : []),
    ...(others > 0 ? [`${others} other ${others === 1 ? "death or failure" : "deaths and failures"}`] : []),
  ];
  return `${parts.join(", ")} on ${formatCount(hosts.size, "host")}`;
}

function othersOf({ others }: Report["tally"]): number {
  return [...others.values()].reduce((sum, count) => sum + count, 0);
}

function tiles(all: readonly (readonly [count: number, label: string])[]): readonly Html[] {
  return all.map(
    ([count, label]) => html`<li><b>${count.toLocaleString("en-US")}</b><span>${label}</span></li>`,
  );
}

function windowText(report: Report): string {
  const { sinceMs, untilMs } = report;
  const zone = readingZone(report);
  const asked =
    sinceMs === null && untilMs === null
      ? "everything in the store"
      : `${sinceMs === null ? "the beginning" : instantText(sinceMs, zone)} to ${untilMs === null ? "now" : instantText(untilMs, zone)}`;
  if (report.first === null || report.last === null) return asked;
  const [first, last] = [report.first, report.last].map((moment) => dateText(moment, report));
  return `${asked}; incidents ${first === last ? `on ${first}` : `from ${first} to ${last}`}`;
}

function zoneText({ zone, fallbackZone }: Report): string {
  return zone === null ? `in each host's own zone (${fallbackZone} where a host told none)` : `in ${zone}`;
}

function coverageText({ coverage }: Report): string {
  const read = coverage.filter(({ state }) => state !== null && isReadState(state)).length;
  const saved = coverage.filter(({ state }) => state === null).length;
  const parts = [
    `${read} read on the last visit`,
    ...(coverage.length > read + saved ? [`${coverage.length - read - saved} not read`] : []),
    ...(saved > 0 ? [`${saved} known from saved logs alone`] : []),
  ];
  return `${formatCount(coverage.length, "host")}: ${parts.join(", ")}`;
}

function readingZone({ zone, fallbackZone }: Report): string {
  return zone ?? fallbackZone;
}

function instantText(atMs: EpochMs, zone: string): string {
  return formatZonedInstant(atMs, zone);
}
