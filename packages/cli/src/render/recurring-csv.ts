import type { Recurrence } from "@inquest/core";
import type { CsvValue } from "./csv.ts";
import { localTimeText } from "./recurring-json.ts";
import { formatUtc } from "./wall-time.ts";

const weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/** Columns of `export csv recurring`, in their order. */
const columns = {
  recurring_id: ({ id }) => id,
  kind: ({ kind }) => kind,
  time_local: localTimeText,
  spread_min: ({ spreadMin }) => Math.round(spreadMin * 10) / 10,
  period_min: ({ periodMin }) => Math.round(periodMin * 10) / 10,
  weekdays: weekdaysOf,
  seen: ({ seen }) => seen,
  watched: ({ watched }) => watched,
  hosts: ({ hosts }) => hosts,
  incidents: ({ incidents }) => incidents.length,
  processes: ({ processes }) => processes,
  chance_p: ({ p }) => Number(p.toPrecision(3)),
  level: ({ level }) => level,
  jobs: ({ jobs }) => jobs.map(({ host, source }) => `${host}:${source}`),
  first_utc: ({ firstMs }) => formatUtc(firstMs),
  last_utc: ({ lastMs }) => formatUtc(lastMs),
} satisfies Record<string, (item: Recurrence) => CsvValue>;

/** Names of the columns of `export csv recurring`. */
export const recurrenceColumns: readonly string[] = Object.keys(columns);

/** One row of `export csv recurring`. */
export function recurrenceCells(item: Recurrence): readonly CsvValue[] {
  return Object.values<(item: Recurrence) => CsvValue>(columns).map((read) => read(item));
}

/** The days it keeps to; none where it keeps to no days. */
function weekdaysOf({ kind, centerMin }: Recurrence): readonly string[] {
  if (kind === "weekdays") return weekdays.slice(0, 5);
  if (kind !== "weekly" || centerMin === null) return [];
  return weekdays.slice(Math.floor(centerMin / 1440), Math.floor(centerMin / 1440) + 1);
}
