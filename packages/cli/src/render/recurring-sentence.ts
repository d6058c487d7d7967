import { localMinutesOf } from "@inquest/core";
import type { Recurrence } from "@inquest/core";
import { formatCount } from "./quantity.ts";
import { localTimeText } from "./recurring-json.ts";
import { sanitize } from "./sanitize.ts";
import { formatUtc } from "./wall-time.ts";

const weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
/** More names tell a reader nothing. */
const mostNames = 4;

/**
 * A finding in one sentence: `web01: 02:31 ±12 min, 9 of 41 watched nights, 11 kills (java), last 2015-04-30; …`. Times are
 * the host's own; `zone` adds the time there by the offset of its last death.
 */
export function formatRecurrence(item: Recurrence, zone: string | null): string {
  const hosts = listed(item.hosts) + (item.group === null ? "" : ` (${sanitize(item.group)})`);
  const names = item.processes.length === 0 ? "" : ` (${listed(item.processes)})`;
  const told = [
    whenText(item) + elsewhereText(item, zone),
    seenText(item),
    `${formatCount(item.incidents.length, "kill")}${names}`,
    // The host's own date: its wall clock, written as if it were UTC.
    `last ${formatUtc(item.lastLocalMin * 60_000).slice(0, 10)}`,
  ].join(", ");
  const drift = item.driftMinPerDay;
  const rest = [
    told,
    ...(drift === null ? [] : [`creeping ${drift > 0 ? "+" : "−"}${Math.abs(drift).toFixed(1)} min/day`]),
    item.level === "possible"
      ? `possible, not proven: chance ${formatChance(item.p)}`
      : `chance ${formatChance(item.p)}`,
    ...item.jobs.slice(0, 1).map((job) => `${sanitize(job.source)} starts ${clockText(job.startMin)}`),
  ];
  return `${hosts}: ${rest.join("; ")}`;
}

/** The chance of luck: `4.7 %`, `1 in 90,000`. Below 1 in 10,000 nothing was simulated. */
function formatChance(p: number): string {
  if (p >= 0.01) return `${Math.floor(p * 1000 + 1e-9) / 10} %`;
  if (p < 1e-4) return "less than 1 in 10,000";
  return `1 in ${Number((1 / p).toPrecision(2)).toLocaleString("en-US")}`;
}

function whenText({ kind, centerMin, spreadMin, periodMin }: Recurrence): string {
  if (kind === "interval")
    return `about every ${spanText(periodMin)}, not by the clock (${loopText(periodMin)})`;
  const time = `${localTimeText({ centerMin }) ?? "?"} ±${Math.ceil(spreadMin)} min`;
  if (kind === "weekly") return `${weekdays[Math.floor((centerMin ?? 0) / 1440)] ?? "?"} ${time}`;
  if (kind === "weekdays") return `Mon–Fri ${time}`;
  if (kind === "monthly") return `day ${Math.floor((centerMin ?? 0) / 1440) + 1} of the month ${time}`;
  return kind === "daily" ? time : `every ${spanText(periodMin)} from ${time}`;
}

/** ` (18:31 UTC)`; nothing where clocks there show the same. */
function elsewhereText(
  { centerMin, periodMin, lastMs, lastLocalMin }: Recurrence,
  zone: string | null,
): string {
  const lastThere = zone === null ? null : localMinutesOf(lastMs, zone);
  if (zone === null || lastThere === null || centerMin === null) return "";
  const movedMin = Math.round(lastThere - lastLocalMin);
  if (movedMin === 0) return "";
  const there = (((centerMin + movedMin) % periodMin) + periodMin) % periodMin;
  return ` (${localTimeText({ centerMin: there })} ${sanitize(zone)})`;
}

/** What comes back within minutes has hardly filled up anew; what takes hours was up in between. */
function loopText(periodMin: number): string {
  if (periodMin <= 30) return "it looks like a restart loop";
  return periodMin >= 120 ? "it looks like a leak, not a timer" : "a leak or a restart loop, not a timer";
}

function seenText({ kind, periodMin, seen, watched, level, spreadMin }: Recurrence): string {
  if (kind === "interval") return formatCount(seen, "time");
  const noun = kind === "monthly" ? "month" : periodMin > 1440 ? "week" : periodMin < 1440 ? "turn" : "night";
  if (level === "possible" && seen === 2 && kind === "daily")
    return `2 nights within ${Math.round(2 * spreadMin)} min`;
  return watched === null ? formatCount(seen, noun) : `${seen} of ${formatCount(watched, `watched ${noun}`)}`;
}

function spanText(minutes: number): string {
  return minutes >= 90 ? `${Number((minutes / 60).toFixed(1))} h` : `${Math.round(minutes)} min`;
}

function clockText(minute: number): string {
  return localTimeText({ centerMin: minute }) ?? "?";
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, mostNames).map(sanitize).join(", ");
  return names.length > mostNames ? `${shown} and ${names.length - mostNames} more` : shown;
}
