import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { localMinutesOf } from "../../packages/core/src/clock/local-minutes.ts";
import type { TimedDeath } from "../../packages/core/src/model/episode.ts";
import type { DailyJob, HostHistory } from "../../packages/core/src/model/recurrence.ts";

interface FleetHost {
  readonly tz: string;
  readonly group: string | null;
  readonly watch: readonly (readonly [string, string])[];
  readonly jobs?: readonly { readonly name: string; readonly cron: string }[];
}
interface FleetEvent {
  readonly host: string;
  readonly time: string;
  readonly time_lo: string;
  readonly time_hi: string;
  readonly comm: string;
}

/** A fleet of the evaluation as histories of its hosts. */
export async function readFleet(folder: string): Promise<readonly HostHistory[]> {
  const hosts = JSON.parse(await readFile(join(folder, "hosts.json"), "utf8")) as Record<string, FleetHost>;
  const deaths = new Map<string, TimedDeath[]>();
  for (const [at, event] of (await readEvents(folder)).entries()) {
    const atMs = Date.parse(event.time);
    const localMin = localMinutesOf(atMs, hosts[event.host]?.tz ?? "UTC") ?? 0;
    const halfMin = (Date.parse(event.time_hi) - Date.parse(event.time_lo)) / 120_000;
    const death = { id: `k-${at}`, atMs, localMin, halfMin, name: event.comm };
    const known = deaths.get(event.host);
    if (known === undefined) deaths.set(event.host, [death]);
    else known.push(death);
  }
  return Object.entries(hosts).map(([host, { tz, group, watch, jobs }]) => ({
    host,
    groups: group === null ? [] : [group],
    deaths: deaths.get(host) ?? [],
    watched: watch.map(([from, to]) => ({
      fromMin: localMinutesOf(Date.parse(from), tz) ?? 0,
      toMin: localMinutesOf(Date.parse(to), tz) ?? 0,
    })),
    jobs: (jobs ?? []).flatMap((job) => dailyJob(host, job) ?? []),
  }));
}

/** A line of `minute hour * * weekday`; others are not daily jobs. */
function dailyJob(host: string, { name, cron }: { name: string; cron: string }): DailyJob | null {
  const [, minute, hour, days] = /^(\d+) (\d+) \* \* (\*|[0-7](?:-[0-7])?)$/.exec(cron) ?? [];
  if (minute === undefined || hour === undefined || days === undefined) return null;
  const [first = 0, last = first] = days === "*" ? [] : days.split("-").map(Number);
  const weekdays = Array.from({ length: last - first + 1 }, (_, at) => (first + at + 6) % 7);
  return {
    host,
    source: name,
    schedule: cron,
    command: name,
    startMin: Number(hour) * 60 + Number(minute),
    weekdays: days === "*" ? null : weekdays,
    dates: null,
    startsPerDay: 1,
  };
}

async function readEvents(folder: string): Promise<readonly FleetEvent[]> {
  const lines = async (name: string): Promise<readonly string[]> =>
    (await readFile(join(folder, name), "utf8")).trimEnd().split("\n");
  try {
    return (await lines("events.ndjson")).map((line) => JSON.parse(line) as FleetEvent);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    return (await lines("events.csv")).slice(1).map((line) => {
      const [host = "", time = "", time_lo = "", time_hi = "", comm = ""] = line.split(",");
      return { host, time, time_lo, time_hi, comm };
    });
  }
}
