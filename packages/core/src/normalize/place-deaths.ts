import type { DeathEcho } from "../model/death.ts";
import type { IncidentKind } from "../model/incident.ts";
import type { KernelRecord } from "../model/kernel-record.ts";
import type { ReportDetail, Sighting } from "../model/visit.ts";
import { parseDeaths } from "../parse/death/parse-deaths.ts";
import { parseOomReports } from "../parse/oom/parse-oom-reports.ts";
import { deathSightingOf } from "./death-sighting.ts";
import type { RawBytes } from "./report-details.ts";
import { deathDetailOf, rawLinesIn, reportDetailOf } from "./report-details.ts";
import type { Scene } from "./scene.ts";
import { sightingsOf } from "./sightings-of.ts";

/** The deaths that records tell of, placed on a host and on the calendar. */
export interface PlacedDeaths {
  readonly sightings: readonly Sighting[];
  readonly reports: readonly ReportDetail[];
  /** What PID 1 and daemons say of deaths whose own lines are not among the records. */
  readonly unmatched: readonly DeathEcho[];
}

/** PID 1 hears of a death within seconds; a busy journal may write it down later. */
const echoMs = 30_000;

/** Finds every death in the records of one host and places it; `raw` are the bytes the records were read from. */
export function placeDeaths(records: readonly KernelRecord[], scene: Scene, raw: RawBytes): PlacedDeaths {
  const reports = parseOomReports(records);
  const { deaths, echoes } = parseDeaths(records);
  if (reports.length === 0 && deaths.length === 0) return { sightings: [], reports: [], unmatched: echoes };
  const rawLinesOf = rawLinesIn(raw, records);
  const placed = [
    ...reports.flatMap((report) =>
      sightingsOf(report, scene).map((sighting) => ({
        sighting,
        record: report.kills[0]?.record ?? report.selection ?? report.header,
      })),
    ),
    ...deaths.map((death) => ({ sighting: deathSightingOf(death, scene), record: death.record })),
  ];
  const { heard, unmatched } = matchEchoes(placed, echoes);
  return {
    sightings: placed.map(({ sighting }) => withSources(sighting, heard.get(sighting) ?? [])),
    reports: [
      ...reports.map((report) => reportDetailOf(report, scene, rawLinesOf)),
      ...deaths.map((death) => deathDetailOf(death, scene, rawLinesOf)),
    ],
    unmatched,
  };
}

interface Placed {
  readonly sighting: Sighting;
  readonly record: KernelRecord | null;
}

/** Gives every echo to the death nearest before or beside it; one that names the pid or the unit goes before. */
function matchEchoes(
  placed: readonly Placed[],
  echoes: readonly DeathEcho[],
): { readonly heard: ReadonlyMap<Sighting, readonly string[]>; readonly unmatched: readonly DeathEcho[] } {
  const heard = new Map<Sighting, readonly string[]>();
  const unmatched: DeathEcho[] = [];
  for (const echo of echoes) {
    const near = placed
      .filter(({ sighting }) => echoed(echo.kind).has(sighting.incident.kind))
      .map(({ sighting, record }) => ({ sighting, awayMs: awayMs(record, echo.record) }))
      .filter(({ awayMs: away }) => away <= echoMs)
      .toSorted(
        (one, other) =>
          Number(names(other.sighting, echo)) - Number(names(one.sighting, echo)) ||
          one.awayMs - other.awayMs,
      )[0]?.sighting;
    if (near === undefined) unmatched.push(echo);
    else heard.set(near, [...(heard.get(near) ?? []), echo.source]);
  }
  return { heard, unmatched };
}

const bySignal: ReadonlySet<IncidentKind> = new Set<IncidentKind>([
  "segfault",
  "trap",
  "signal",
  "seccomp",
  "hw-memory",
]);

/** A unit that ended by a signal echoes any death by one; else kinds are equal. */
function echoed(kind: IncidentKind): ReadonlySet<IncidentKind> {
  return kind === "signal" ? bySignal : new Set([kind]);
}

function names({ incident }: Sighting, { pid, unit }: DeathEcho): boolean {
  const { victim } = incident;
  return (pid !== null && pid === victim.pid) || (unit !== null && (victim.cgroup ?? "").includes(unit));
}

/** How far two records lie apart: by their stamps, else by what is written beside them; Infinity when neither tells. */
function awayMs(one: KernelRecord | null, other: KernelRecord): number {
  if (one === null) return Infinity;
  if (one.stampUs !== null && other.stampUs !== null) return Math.abs(one.stampUs - other.stampUs) / 1000;
  if (one.written !== null && other.written !== null)
    return Math.abs(one.written.localMs - other.written.localMs);
  return Infinity;
}

function withSources(sighting: Sighting, sources: readonly string[]): Sighting {
  if (sources.length === 0) return sighting;
  const { incident } = sighting;
  return {
    ...sighting,
    incident: { ...incident, sources: [...new Set([...incident.sources, ...sources])].toSorted() },
  };
}
