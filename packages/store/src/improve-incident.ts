import type { IncidentKind, ReportGrade, Sighting, WallTime } from "@inquest/core";
import { incidentKinds, timeMethods } from "@inquest/core";
import type { StoredIncident } from "./incident-rows.ts";

type Seen = Sighting["incident"];

/** How much of a report each grade keeps; what lost its head equals what lost its tail. */
const gradeRanks: Readonly<Record<ReportGrade, number>> = {
  complete: 6,
  "head-lost": 5,
  "tail-lost": 5,
  "kill-line-and-table": 4,
  spliced: 3,
  "kill-line": 2,
  "selection-only": 1,
};

/**
 * What is known of a death after one more sighting of it. Identity stays; a known value never gives way to null;
 * where two sightings differ, the confirmed one is believed, then the one that saw more of the report.
 * Sightings that do not contradict each other lead to the same incident in any order.
 */
export function improveIncident(stored: StoredIncident, seen: Seen): StoredIncident {
  const [best, other] = compareSightings(stored, seen) >= 0 ? [stored, seen] : [seen, stored];
  const [report, lesserReport] = compareReports(stored, seen) >= 0 ? [stored, seen] : [seen, stored];
  const [table, lesserTable] = compareTables(stored, seen) >= 0 ? [stored, seen] : [seen, stored];
  return {
    id: stored.id,
    host: stored.host,
    alsoOn: stored.alsoOn,
    firstSeenMs: stored.firstSeenMs,
    run: stored.run,
    kind: strongerKind(stored.kind, seen.kind),
    groups: union(stored.groups, seen.groups),
    sources: union(stored.sources, seen.sources),
    time: narrowerTime(stored.time, seen.time),
    zone: best.zone ?? other.zone,
    utcOffsetS: best.utcOffsetS ?? other.utcOffsetS,
    stampUs: best.stampUs ?? other.stampUs,
    bootId: best.bootId ?? other.bootId,
    kernel: best.kernel ?? other.kernel,
    confirmed: best.confirmed,
    // Report, grade, gaps, pressure and detail describe one reading of the report; task count and suspects one table.
    reportId: report.reportId ?? lesserReport.reportId,
    grade: report.grade,
    gaps: report.gaps,
    pressure: fillKnown(
      report.pressure,
      lesserReport.pressure,
      agree(report.pressure?.class, lesserReport.pressure?.class),
    ),
    detail: report.detail ?? lesserReport.detail,
    taskCount: table.taskCount,
    suspects: table.suspects ?? lesserTable.suspects,
    scope: best.scope ?? other.scope,
    selected: best.selected ?? other.selected,
    // The selected task is not always the one that died: figures of two tasks are never mixed.
    victim: fillKnown(best.victim, other.victim, agree(best.victim.pid, other.victim.pid)),
    trigger: fillKnown(best.trigger, other.trigger, agree(best.trigger?.name, other.trigger?.name)),
    memcg: fillKnown(best.memcg, other.memcg, agree(best.memcg?.path, other.memcg?.path)),
    memory: fillKnown(best.memory, other.memory, true),
  };
}

/** All of both, sorted. */
export function union(one: readonly string[], other: readonly string[]): readonly string[] {
  return [...new Set([...one, ...other])].toSorted();
}

function compareSightings(one: Seen, other: Seen): number {
  return Number(one.confirmed) - Number(other.confirmed) || compareReports(one, other);
}

/**
 * Positive when the first saw more of the report. A total order over grade, gaps and report id alone: the table may
 * have come with another sighting, and must not tip the scale.
 */
function compareReports(one: Seen, other: Seen): number {
  return (
    rankOf(one) - rankOf(other) ||
    other.gaps.length - one.gaps.length ||
    compareText(reportText(one), reportText(other))
  );
}

function compareTables(one: Seen, other: Seen): number {
  return (
    (one.taskCount ?? -1) - (other.taskCount ?? -1) || Number(isMeasured(one)) - Number(isMeasured(other))
  );
}

/** Whether a page size was known when its table was judged. */
function isMeasured({ suspects }: Seen): boolean {
  return suspects?.some(({ rssKiB }) => rssKiB !== null) ?? false;
}

function rankOf({ grade }: Seen): number {
  return grade === null ? 0 : gradeRanks[grade];
}

function reportText({ grade, reportId, gaps }: Seen): string {
  return JSON.stringify([grade, reportId, gaps]);
}

function compareText(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

/** Midpoint, error and method stay together: the smaller error, then the better method, then the earlier. */
function narrowerTime(one: WallTime, other: WallTime): WallTime {
  const difference =
    (one.errorS ?? Infinity) - (other.errorS ?? Infinity) ||
    timeMethods.indexOf(one.method) - timeMethods.indexOf(other.method) ||
    (one.atMs ?? 0) - (other.atMs ?? 0);
  return difference > 0 ? other : one;
}

/** The kernel's own word before what an alert made of it: the order of incidentKinds. */
function strongerKind(one: IncidentKind, other: IncidentKind): IncidentKind {
  return incidentKinds.indexOf(one) <= incidentKinds.indexOf(other) ? one : other;
}

/** The better of two with its unknown fields filled from the other, unless they tell of different things. */
function fillKnown<T extends object | null>(best: T, other: T, same: boolean): T {
  if (best === null || other === null) return best ?? other;
  if (!same) return best;
  const known = Object.entries(best).filter(([, value]) => value !== null);
  return { ...other, ...Object.fromEntries(known) };
}

/** Whether two names can be of one thing: equal, or one of them unknown. */
function agree<T>(one: T | null | undefined, other: T | null | undefined): boolean {
  return one === other || (one ?? null) === null || (other ?? null) === null;
}
