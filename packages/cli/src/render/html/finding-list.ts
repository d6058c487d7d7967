import type { Recurrence } from "@inquest/core";
import { formatRecurrence } from "../recurring-sentence.ts";
import { html } from "./html.ts";
import type { Html } from "./html.ts";
import type { Report } from "./report.ts";

/** The surest come first; a page is no place for the hundredth. */
const mostFindings = 20;
const mostJobs = 3;

/** What recurs, one finding a card, with the jobs that start in its window. */
export function findingList({ recurrences, zone }: Pick<Report, "recurrences" | "zone">): Html {
  if (recurrences.length === 0) return html`<p class="soft">Nothing that luck does not explain.</p>`;
  const cards = recurrences.slice(0, mostFindings).map((item) => findingCard(item, zone));
  const rest = recurrences.length - cards.length;
  return html`<ul class="findings">
      ${cards}
    </ul>
    ${rest === 0 ? null : html`<p class="soft">${rest} more: <code>inquest recurring</code> lists all of them.</p>`}`;
}

function findingCard(item: Recurrence, zone: string | null): Html {
  // The sentence: whom, a colon, when and how often; then, after semicolons, how far to believe it.
  const [told = "", ...doubts] = formatRecurrence(item, zone).split("; ");
  const [whom = "", ...when] = told.split(": ");
  const alike = [...Map.groupBy(item.jobs, jobKey).values()];
  const jobs = alike.slice(0, mostJobs).flatMap((same) => {
    const [job] = same;
    if (job === undefined) return [];
    const hosts = new Set(same.map(({ host }) => host)).size;
    return html`<p class="soft">
      <code>${job.source}</code>:
      <code>${job.schedule}</code> ${job.command}${hosts > 1 ? ` (on ${hosts} hosts)` : null}
    </p>`;
  });
  return html`<li${item.level === "possible" ? html` class="possible"` : null}><b>${whom}</b><p>${when.join(": ")}</p><p class="soft">${doubts.join("; ")}</p>${jobs}${alike.length > mostJobs ? html`<p class="soft">${alike.length - mostJobs} more jobs start then: <code>inquest recurring</code></p>` : null}</li>`;
}

/** The hosts of a pool have their jobs from one place: told once. */
function jobKey({ source, schedule, command }: Recurrence["jobs"][number]): string {
  return [source, schedule, command].join("\0");
}
