import { formatKiB, formatShare } from "../quantity.ts";
import { dateText } from "./date-text.ts";
import { html } from "./html.ts";
import type { Html } from "./html.ts";
import type { Ranked, Ranking, Report } from "./report.ts";

/** Who died most, where, and who held most memory when it happened. */
export function topTables(report: Report): Html {
  const { processes, hosts, suspects, noun } = report;
  const most = Math.max(1, ...suspects.first.map(({ reports }) => reports));
  return html`<div class="tops">
    <div>
      <h3>Processes</h3>
      ${rankedTable(processes, "process", "hosts", report)}
    </div>
    <div>
      <h3>Hosts</h3>
      ${rankedTable(hosts, "host", "names", report)}
    </div>
    <div>
      <h3>Suspects</h3>
      ${
        suspects.all === 0
          ? html`<p class="soft">No report has a task table to judge from.</p>`
          : html`<table>
                <thead>
                  <tr>
                    <th scope="col">held most</th>
                    <th scope="col" class="num">up to</th>
                    <th scope="col" class="num">${noun === "kill" ? "reports" : "deaths"}</th>
                  </tr>
                </thead>
                <tbody>
                  ${suspects.first.map(
                    ({ name, uid, reports, mostKiB, mostShare }) =>
                      html`<tr>
                        <td>
                          <bdi>${name}</bdi
                          >${uid === null ? null : html` <small>uid ${uid}</small>`}${bar(reports / most)}
                        </td>
                        <td class="num">
                          ${mostKiB === null ? null : html`${formatKiB(mostKiB)}<br />`}<small
                            >${formatShare(mostShare)}</small
                          >
                        </td>
                        <td class="num">${reports}</td>
                      </tr>`,
                  )}
                </tbody>
              </table>
              ${more(suspects)}`
      }
      <p class="soft">
        <small
          >Our judgement from the kernel's task table, not the kernel's word; shared pages count once a
          task.</small
        >
      </p>
    </div>
  </div>`;
}

function rankedTable(
  ranking: Ranking<Ranked>,
  what: string,
  among: string,
  { noun, ...report }: Report,
): Html {
  if (ranking.all === 0) return html`<p class="soft">None.</p>`;
  const most = Math.max(1, ...ranking.first.map(({ deaths }) => deaths));
  const rows = ranking.first.map(
    ({ name, deaths, among: count, last }) =>
      html`<tr>
        <td>
          <bdi>${name}</bdi>
          ${last === null ? null : html`<small>last ${dateText(last, report)}</small>`}${bar(deaths / most)}
        </td>
        <td class="num">${count}</td>
        <td class="num">${deaths}</td>
      </tr>`,
  );
  return html`<table>
      <thead>
        <tr>
          <th scope="col">${what}</th>
          <th scope="col" class="num">${among}</th>
          <th scope="col" class="num">${noun}s</th>
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
    ${more(ranking)}`;
}

function bar(share: number): Html {
  return html`<span class="bar" style="width:${Math.round(share * 100)}%"></span>`;
}

function more({ first, all }: Ranking<unknown>): Html | null {
  return all === first.length
    ? null
    : html`<p class="soft"><small>and ${all - first.length} more</small></p>`;
}
