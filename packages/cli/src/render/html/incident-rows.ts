import { heldKiB, hostZoneOf, localTimeOf } from "@inquest/core";
import type { Incident, Suspect } from "@inquest/core";
import type { ListedIncident } from "../incident-list.ts";
import { formatKiB, formatShare } from "../quantity.ts";
import { formatError, formatInstant, formatOffset, formatStamp } from "../wall-time.ts";
import { weekdayNames } from "../week-grid.ts";
import { html } from "./html.ts";
import type { Html } from "./html.ts";
import type { Report } from "./report.ts";

/** Head of the table of incidents: as many columns as incidentRow has cells. */
export const incidentHead: Html = html`<table id="incidents" class="incidents">
  <thead>
    <tr>
      <th scope="col">Time</th>
      <th scope="col">Host</th>
      <th scope="col">Kind</th>
      <th scope="col">Process</th>
      <th scope="col" class="num">RSS</th>
      <th scope="col">Held most</th>
      <th scope="col">Note</th>
      <th scope="col">Id</th>
    </tr>
  </thead>
  <tbody>
 `;

/** One incident of the table. `data-key` is what the script sorts by. */
export function incidentRow({ incident, overlaps }: ListedIncident, report: Report): Html {
  const { victim, scope, kind } = incident;
  const rssKiB = rssOf(incident);
  return html`<tr id="${incident.id}">
    <td class="when" data-key="${incident.time.atMs}">
      ${overlaps ? "~" : null}${whenCell(incident, report)}
    </td>
    <td class="host"><bdi>${[incident.host, ...incident.alsoOn].join(", ")}</bdi></td>
    <td class="kind">${kind === "oom-kill" && scope !== null ? `oom ${scope}` : kind}</td>
    <td class="who">
      <bdi>${victim.name ?? "?"}</bdi
      >${idText(incident)}${incident.confirmed ? null : html` <span class="badge">unconfirmed</span>`}
    </td>
    <td class="num rss" data-key="${rssKiB}">${rssKiB === null ? null : formatKiB(rssKiB)}</td>
    ${heldCell(incident.suspects?.[0])}
    <td class="note">${noteOf(incident)}</td>
    <td class="id mono">${incident.id}</td>
  </tr> `;
}

function heldCell(suspect: Suspect | undefined): Html {
  if (suspect === undefined) return html`<td class="held" data-key=""></td>`;
  const { name, share } = suspect;
  const kiB = heldKiB(suspect);
  return html`<td class="held" data-key="${kiB}">
    <bdi>${name}</bdi> <small>${kiB === null ? null : `${formatKiB(kiB)}, `}${formatShare(share)}</small>
  </td>`;
}

function whenCell(incident: Incident, { zone, fallbackZone, nowMs }: Report): Html {
  const { time, stampUs, firstSeenMs } = incident;
  const shownIn = zone ?? hostZoneOf(incident) ?? fallbackZone;
  if (time.atMs === null)
    return html`${stampUs === null ? "not known" : formatStamp(stampUs)}
      <small>before ${formatInstant(firstSeenMs, shownIn)}</small>`;
  const atMs = Math.min(time.atMs, nowMs);
  const weekday = weekdayNames[(localTimeOf(atMs, shownIn)?.weekday ?? 1) - 1] ?? "";
  const error = time.errorS === null ? "" : ` ± ${formatError(time.errorS)}`;
  return html`${formatInstant(atMs, shownIn)}
    <small>${weekday} ${formatOffset(atMs, shownIn)}${error}</small>`;
}

function idText({ victim: { pid, uid } }: Incident): Html | null {
  const parts = [...(pid === null ? [] : [`pid ${pid}`]), ...(uid === null ? [] : [`uid ${uid}`])];
  return parts.length === 0 ? null : html` <small>${parts.join(", ")}</small>`;
}

function rssOf({ victim: { anonRssKiB, fileRssKiB, shmemRssKiB } }: Incident): number | null {
  const known = [anonRssKiB, fileRssKiB, shmemRssKiB].filter((part) => part !== null);
  return known.length === 0 ? null : known.reduce((total, part) => total + part, 0);
}

/** What the log adds, then what a reviewer wrote. */
function noteOf({ selected, victim, detail, annotation }: Incident): string {
  const { status, owner, cause, ticket, note } = annotation;
  return [
    ...(selected !== null && selected.pid !== victim.pid
      ? [`${selected.name}[${selected.pid}] was chosen`]
      : []),
    ...[detail, status, owner, cause, ticket, note].filter((part) => part !== null),
  ].join("; ");
}
