import { toEpisodes } from "@inquest/core";
import type { Episode } from "@inquest/core";
import { cutToWidth, displayWidth } from "../display-width.ts";
import { formatCount } from "../quantity.ts";
import { sanitize } from "../sanitize.ts";
import { chartTicks, monthsFromMin } from "./chart-ticks.ts";
import type { openPlot } from "./draw-plot.ts";
import { html } from "./html.ts";
import type { Html } from "./html.ts";
import type { HostTimeline } from "./report.ts";

type Plotter = Awaited<ReturnType<typeof openPlot>>;

/** More lanes than this nobody compares; the busiest are drawn. */
const mostHosts = 30;
/** Marks of one chart: a browser draws them without a pause. */
const mostEpisodes = 4000;
const mostNames = 4;
const minuteMs = 60_000;
const dayMin = 1440;

/** One lane a host: what was watched, and each episode as a dot whose area tells how many died. */
export function timelineChart(timelines: readonly HostTimeline[], plotter: Plotter): Html {
  const shown = timelines.slice(0, mostHosts);
  const episodes = shown.flatMap(({ host, deaths }) => toEpisodes(host, deaths));
  const drawn = episodes.toSorted((a, b) => b.deaths.length - a.deaths.length).slice(0, mostEpisodes);
  const left = [
    ...(timelines.length > shown.length
      ? [`The ${shown.length} hosts with most deaths of ${timelines.length} are drawn.`]
      : []),
    ...(episodes.length > drawn.length
      ? [`The ${drawn.length} largest of ${formatCount(episodes.length, "episode")} are drawn.`]
      : []),
  ];
  return html`<ul class="legend" aria-label="legend">
      <li><i class="round" style="background:var(--dot)"></i>an episode; the larger, the more died in it</li>
      <li><i style="background:var(--band)"></i>the log of this time was read</li>
    </ul>
    ${left.length === 0 ? null : html`<p class="soft">${left.join(" ")}</p>`}
    <figure>
      <div class="wide">${drawLanes(shown, drawn, plotter, "wide")}</div>
      <div class="narrow">${drawLanes(shown, drawn, plotter, "narrow")}</div>
    </figure>`;
}

function drawLanes(
  lanes: readonly HostTimeline[],
  episodes: readonly Episode[],
  { plot, draw }: Plotter,
  form: "wide" | "narrow",
): Html {
  const isWide = form === "wide";
  const labelChars = isWide ? 22 : 13;
  const minutes = episodes.map(({ localMin }) => localMin);
  const first = minutes.reduce((least, minute) => Math.min(least, minute), Infinity);
  const last = lanes
    .flatMap(({ watched }) => watched.map(({ toMin }) => toMin))
    .concat(minutes)
    .reduce((most, minute) => Math.max(most, minute), -Infinity);
  const margin = Math.max(60, (last - first) * 0.03);
  const ticks = chartTicks(first - margin, last + margin, isWide ? 8 : 4).map(wallDate);
  const domain = [wallDate(first - margin), wallDate(last + margin)];
  const bands = lanes.flatMap(({ host, watched }) =>
    watched
      .filter(({ toMin }) => toMin > first - margin)
      .map(({ fromMin, toMin }) => ({
        host,
        from: wallDate(Math.max(fromMin, first - margin)),
        to: wallDate(toMin),
      })),
  );
  const laneHeight = isWide ? 26 : 24;
  return draw({
    className: `lanes-${form}`,
    width: isWide ? 960 : 340,
    height: lanes.length * laneHeight + (isWide ? 30 : 42),
    marginLeft: 14 + 8.5 * Math.max(4, ...lanes.map(({ host }) => displayWidth(shortName(host, labelChars)))),
    marginRight: isWide ? 40 : 22,
    marginTop: 2,
    marginBottom: isWide ? 28 : 40,
    style: { fontSize: isWide ? "13px" : "12px", background: "none" },
    ariaLabel: "Episodes of each host over time, each host's own wall clock",
    x: {
      type: "utc",
      domain,
      label: null,
      ticks: isWide ? 7 : 3,
      tickFormat: (date: Date) => tickText(date, last - first, isWide ? " " : "\n"),
    },
    y: {
      type: "band",
      domain: lanes.map(({ host }) => host),
      label: null,
      tickSize: 0,
      padding: 0.3,
      tickFormat: (host: string) => shortName(host, labelChars),
    },
    r: {
      range: [isWide ? 4 : 3.5, isWide ? 10 : 9],
      type: "sqrt",
      domain: [1, Math.max(2, ...episodes.map(({ deaths }) => deaths.length))],
    },
    marks: [
      plot.gridX({ stroke: "var(--line)", strokeOpacity: 1, ticks }),
      plot.barX(bands, { x1: "from", x2: "to", y: "host", fill: "var(--band)", rx: 2 }),
      plot.dot(episodes, {
        x: ({ localMin }: Episode) => wallDate(localMin),
        y: "host",
        r: ({ deaths }: Episode) => deaths.length,
        fill: "var(--dot)",
        fillOpacity: 0.85,
        stroke: "var(--ground)",
        title: episodeTitle,
      }),
    ],
  });
}

/** Minutes of a wall clock as the date that a chart in UTC shows with the same digits. */
function wallDate(localMin: number): Date {
  return new Date(localMin * minuteMs);
}

/** As much of a date as tells the ticks of a span apart: `2026-11`, `11-22`, `11-22 12:00`. */
function tickText(date: Date, spanMin: number, between: string): string {
  const [day = "", time = ""] = date.toISOString().split("T");
  if (spanMin > monthsFromMin) return day.slice(0, 7);
  return spanMin > 8 * dayMin ? day.slice(5) : `${day.slice(5)}${between}${time.slice(0, 5)}`;
}

function episodeTitle({ host, localMin, deaths }: Episode): string {
  const names = [...new Set(deaths.map(({ name }) => name ?? "?"))];
  const more = names.length > mostNames ? ` and ${names.length - mostNames} more` : "";
  const when = wallDate(localMin).toISOString().slice(0, 16).replace("T", " ");
  return sanitize(`${host}, ${when}: ${deaths.length} died: ${names.slice(0, mostNames).join(", ")}${more}`);
}

/** Both ends of a name tell hosts apart: `very-long…-eu-017`. */
function shortName(host: string, mostColumns: number): string {
  const shown = sanitize(host);
  if (displayWidth(shown) <= mostColumns) return shown;
  const tail = /[\x20-\x7e]{0,6}$/.exec(shown)?.[0] ?? "";
  return cutToWidth(shown.slice(0, shown.length - tail.length), mostColumns - tail.length) + tail;
}
