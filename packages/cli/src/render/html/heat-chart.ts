import { formatCount } from "../quantity.ts";
import { weekdayNames } from "../week-grid.ts";
import type { WeekCell } from "../week-grid.ts";
import type { openPlot } from "./draw-plot.ts";
import { heatBinsOf } from "./heat-bins.ts";
import { html } from "./html.ts";
import type { Html } from "./html.ts";

type Plotter = Awaited<ReturnType<typeof openPlot>>;

const hours = Array.from({ length: 24 }, (_, hour) => hour);

/** Weekday × hour, drawn for a wide page and, turned, for a narrow one; with its legend. */
export function heatChart(week: readonly WeekCell[], plotter: Plotter): Html {
  const most = Math.max(0, ...week.map(({ episodes }) => episodes));
  const bins = heatBinsOf(most);
  const steps = bins.map(
    ({ from, to }, at) =>
      html`<li>
        <i style="background:var(--heat-${at + 1 + 4 - bins.length})"></i
        >${from === to ? from : `${from}–${to}`}
      </li>`,
  );
  return html`<ul class="legend" aria-label="legend">
      <li><i class="un"></i>not watched, or nobody knows</li>
      <li><i style="background:var(--watched)"></i>watched, none</li>
      ${most === 0 ? null : steps}
    </ul>
    ${hatch}
    <figure>
      <div class="wide">${drawGrid(week, plotter, "wide")}</div>
      <div class="narrow">${drawGrid(week, plotter, "narrow")}</div>
    </figure>`;
}

function drawGrid(week: readonly WeekCell[], { plot, draw }: Plotter, form: "wide" | "narrow"): Html {
  const most = Math.max(0, ...week.map(({ episodes }) => episodes));
  const bins = heatBinsOf(most);
  const stepOf = ({ episodes }: WeekCell): number =>
    bins.findIndex(({ to }) => episodes <= to) + 1 + 4 - bins.length;
  const isWide = form === "wide";
  const day = { domain: weekdayNames, label: null, tickSize: 0, padding: 0.06 };
  const hour = {
    domain: hours,
    label: null,
    tickSize: 0,
    padding: 0.06,
    tickFormat: (value: number) => (isWide || value % 2 === 0 ? String(value).padStart(2, "0") : ""),
  };
  const place = isWide ? { x: hourOf, y: dayOf } : { x: dayOf, y: hourOf };
  const died = week.filter(({ episodes }) => episodes > 0);
  return draw({
    className: `heat-${form}`,
    width: isWide ? 960 : 340,
    height: isWide ? 250 : 470,
    marginLeft: isWide ? 40 : 28,
    marginRight: 4,
    marginTop: isWide ? 4 : 24,
    marginBottom: isWide ? 24 : 4,
    style: { fontSize: isWide ? "13px" : "12px", background: "none" },
    ariaLabel: "Episodes by weekday and hour, local time",
    x: { ...(isWide ? hour : day), ...(isWide ? {} : { axis: "top" as const }) },
    y: isWide ? day : hour,
    marks: [
      plot.cell(week, {
        ...place,
        fill: (cell: WeekCell) =>
          cell.episodes > 0
            ? `var(--heat-${stepOf(cell)})`
            : cell.isWatched
              ? "var(--watched)"
              : "url(#unwatched)",
        rx: 3,
        title: titleOf,
      }),
      plot.text(died, {
        ...place,
        text: ({ episodes }: WeekCell) => String(episodes),
        fill: (cell: WeekCell) => `var(--on-${stepOf(cell)})`,
        pointerEvents: "none",
      }),
    ],
  });
}

function dayOf({ weekday }: WeekCell): string {
  return weekdayNames[weekday] ?? "";
}

function hourOf({ hour }: WeekCell): number {
  return hour;
}

/** What a hand on a cell is told; a quiet one has nothing to tell. */
function titleOf(cell: WeekCell): string | null {
  if (cell.episodes === 0) return null;
  const hour = String(cell.hour).padStart(2, "0");
  return `${dayOf(cell)} ${hour}:00–${hour}:59: ${formatCount(cell.episodes, "episode")}`;
}

/** Diagonal lines: neither the ground's colour nor that of a count. */
const hatch: Html = html`<svg class="defs" width="0" height="0" aria-hidden="true">
  <defs>
    <pattern id="unwatched" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <path d="M0,0V6" stroke="var(--unwatched)" stroke-width="2" />
    </pattern>
  </defs>
</svg>`;
