import type { Recurrence } from "@inquest/core";
import { formatRecurrence } from "../recurring-sentence.ts";
import { html } from "./html.ts";
import type { Html } from "./html.ts";

/** The surest come first; a page is no place for the hundredth. */
const mostFindings = 20;
const mostJobs = 3;

/** What recurs, one finding a card, with the jobs that start in its window. */
export function findingList(recurrences: readonly Recurrence[]): Html {
  if (recurrences.length === 0) return html`<p class="soft">Nothing that luck does not explain.</p>`;
  const cards = recurrences.slice(0, mostFindings).map(findingCard);
  const rest = recurrences.length - cards.length;
  return html`<ul class="findings">
      ${cards}
    </ul>
    ${rest === 0 ? null : html`<p class="soft">${rest} more: <code>inquest recurring</code> lists all of them.</p>`}`;
}

function findingCard(item: Recurrence): Html {
  // The sentence: whom, a colon, when and how often; then, after semicolons, how far to believe it.
  const [told = "", ...doubts] = formatRecurrence(item).split("; ");
  const [whom = "", ...when] = told.split(": ");
  const jobs = item.jobs
    .slice(0, mostJobs)
    .map(
      ({ source, schedule, command }) =>
        html`<p class="soft"><code>${source}</code>: <code>${schedule}</code> ${command}</p>`,
    );
  return html`<li${item.level === "possible" ? html` class="possible"` : null}><b>${whom}</b><p>${when.join(": ")}</p><p class="soft">${doubts.join("; ")}</p>${jobs}</li>`;
}
