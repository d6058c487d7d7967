import { createHash } from "node:crypto";
import { formatCount } from "../quantity.ts";
import { openPlot } from "./draw-plot.ts";
import { findingList } from "./finding-list.ts";
import { heatChart } from "./heat-chart.ts";
import { html, ownMarkup } from "./html.ts";
import type { Html } from "./html.ts";
import { incidentHead, incidentRow } from "./incident-rows.ts";
import { notCovered } from "./not-covered.ts";
import { headline, reportHead } from "./report-head.ts";
import type { Report } from "./report.ts";
import { reportScript } from "./report-script.ts";
import { reportStyle } from "./report-style.ts";
import { timelineChart } from "./timeline-chart.ts";
import { topTables } from "./top-tables.ts";

/** The page as the texts that make it up: one file that asks nobody for anything. */
export async function* reportTexts(report: Report): AsyncGenerator<string> {
  const plotter = await openPlot();
  const { timelines, incidents, tally, noun } = report;
  yield pageTop(headline(report)).markup;
  yield reportHead(report).markup;
  yield section(
    "recurring",
    "What recurs",
    `${noun}s at a time of the day, week or month, and the chance that luck brings as much`,
    findingList(report),
  ).markup;
  yield section(
    "hours",
    "By weekday and hour",
    "episodes (a storm of deaths within ten minutes is one), local time of each host",
    heatChart(report.week, plotter),
  ).markup;
  yield section(
    "timeline",
    "Host by host",
    "each host on its own wall clock, most deaths first",
    timelines.length === 0
      ? html`<p class="soft">No death has a time.</p>`
      : timelineChart(timelines, plotter),
  ).markup;
  yield section("top", "Who, where, and who held the memory", null, topTables(report)).markup;
  yield section("not-covered", "Not covered", "what this page cannot speak for", notCovered(report)).markup;
  yield sectionTop("list", "Incidents", listWords(incidents.length, tally.incidents)).markup;
  if (incidents.length > 0) {
    yield incidentHead.markup;
    for (const incident of incidents) yield incidentRow(incident, report).markup;
    yield "</tbody></table>";
  }
  yield "</section>\n";
  yield pageEnd().markup;
}

function pageTop(title: string): Html {
  const hash = createHash("sha256").update(reportScript).digest("base64");
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta
          http-equiv="Content-Security-Policy"
          content="default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${ownMarkup(hash)}'; base-uri 'none'; form-action 'none'"
        />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <meta name="color-scheme" content="light dark" />
        <title>${title} · inquest</title>
        <style>
          ${ownMarkup(reportStyle)}
        </style>
      </head>
      <body>
        <main>
     `;
}

function pageEnd(): Html {
  return html`<footer><p>± is the honest error of a time. Unconfirmed: the log announces a kill and its death line is missing. <code>inquest show ID</code> tells all of one incident, <code>inquest export csv incidents</code> has every one of them with every column.</p></footer>
</main>${ownMarkup(`<script>${reportScript}</script>`)}</body></html>
`;
}

function section(id: string, title: string, words: string | null, content: Html): Html {
  return html`${sectionTop(id, title, words)}${content}</section>
`;
}

function sectionTop(id: string, title: string, words: string | null): Html {
  return html`<section id="${id}" ${id === "hours" || id === "timeline" ? html` class="chart"` : null}>
    <h2>${title}</h2>
    ${words === null ? null : html`<p class="soft">${words}</p>`}
   `;
}

function listWords(shown: number, all: number): string {
  if (all === 0) return "none match";
  if (shown === all) return `${formatCount(all, "incident")}, newest first`;
  return `the latest ${shown.toLocaleString("en-US")} of ${all.toLocaleString("en-US")}, newest first; narrow the question (--since, -w), or take all with inquest export csv incidents`;
}
