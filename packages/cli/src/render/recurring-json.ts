import type { Recurrence } from "@inquest/core";
import { isoTime } from "./incident-json.ts";
import type { JsonObject } from "./incident-json.ts";

/** One recurrence as JSON. */
export function recurrenceJson(item: Recurrence): JsonObject {
  return {
    id: item.id,
    hosts: item.hosts,
    group: item.group,
    kind: item.kind,
    period_min: rounded(item.periodMin),
    center_min: item.centerMin === null ? null : rounded(item.centerMin),
    center_local: localTimeText(item),
    spread_min: rounded(item.spreadMin),
    processes: item.processes,
    seen: item.seen,
    watched: item.watched,
    incidents: item.incidents.length,
    first: isoTime(item.firstMs),
    last: isoTime(item.lastMs),
    p: Number(item.p.toPrecision(3)),
    level: item.level,
    jobs: item.jobs.map(({ host, source, schedule, command }) => ({ host, source, schedule, command })),
    drift_min_per_day: item.driftMinPerDay === null ? null : Math.round(item.driftMinPerDay * 100) / 100,
  };
}

/** Time of the day at the centre, `02:31`; within its period where that is shorter than a day; null for an interval. */
export function localTimeText({ centerMin }: Pick<Recurrence, "centerMin">): string | null {
  if (centerMin === null) return null;
  const minute = Math.round(centerMin) % 1440;
  return [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, "0")).join(":");
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}
