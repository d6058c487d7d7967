import { commandWords, hostZoneOf } from "@inquest/core";
import type { EpochMs, Incident, KiB, ReportDetail } from "@inquest/core";
import { fateWords } from "./fate.ts";
import type { Findings } from "./findings.ts";
import { formatCount, formatKiB, formatTook } from "./quantity.ts";
import { cgroupWords } from "./cgroup.ts";
import { sanitize } from "./sanitize.ts";
import { suspectLines } from "./suspect-lines.ts";
import type { Look } from "./table.ts";
import { formatTaskTable } from "./task-table.ts";
import type { TimeBounds } from "./time-bounds.ts";
import { boundFields } from "./time-bounds.ts";
import { wrapped } from "./wrapped.ts";
import { formatStamp, formatUtc, formatWallTime, formatZonedInstant } from "./wall-time.ts";

/** A terminal, and how much of an incident in which zone is shown on it. */
export interface DetailLook extends Look {
  /** --tz; null: the host's own zone. */
  readonly zone: string | null;
  readonly fallbackZone: string;
  readonly nowMs: EpochMs;
  /** -v: every task. */
  readonly verbose: boolean;
}

/** What the store tells of an incident besides itself. */
export interface DetailKnowledge {
  readonly bounds: TimeBounds;
  readonly findings: Findings;
}

type Field = readonly [label: string, value: string | null];

/** One incident whole: fields, memory, suspects, tasks, raw lines. What is not known has no line. */
export function formatIncidentDetail(
  incident: Incident,
  report: ReportDetail | null,
  { bounds, findings }: DetailKnowledge,
  look: DetailLook,
): string {
  const sections = [
    `${wrapped(`${sanitize(incident.id)}: ${sanitize(headline(incident))}`, look.width)}\n`,
    formatFields(fieldsOf(incident, { bounds, findings }, look), look),
    formatFields(memoryOf(incident, findings), look),
    suspectLines(incident, report, findings, look),
    report === null || report.tasks.length === 0 ? "" : formatTaskTable(incident, report, look),
    gapsOf(incident, look),
    linesOf(report),
  ];
  return sections.filter((section) => section !== "").join("\n");
}

function headline({ kind, scope, host, victim, confirmed }: Incident): string {
  if (kind === "reboot") return `reboot of ${host}`;
  if (kind === "alert") return `alert${victim.name === null ? "" : ` about ${victim.name}`} on ${host}`;
  const who = `${victim.name ?? "an unknown process"}${victim.pid === null ? "" : ` [${victim.pid}]`}`;
  const what = `${kind}${scope === null ? "" : ` (${scope})`} of ${who} on ${host}`;
  return confirmed ? what : `${what}, unconfirmed: the log announces it and its death line is missing`;
}

function fieldsOf(
  incident: Incident,
  { bounds, findings }: DetailKnowledge,
  look: DetailLook,
): readonly Field[] {
  const { victim, selected, trigger, annotation, time } = incident;
  const zone = look.zone ?? hostZoneOf(incident) ?? look.fallbackZone;
  const seen = formatZonedInstant(incident.firstSeenMs, zone);
  const chosen = selected === null ? null : processWords(selected.name, selected.pid, null);
  return [
    ["time", formatWallTime(time, zone, look.nowMs) ?? `not known; before ${seen}`],
    ["utc", time.atMs === null ? null : formatUtc(Math.min(time.atMs, look.nowMs))],
    ["method", time.method],
    ...boundFields(time.method, bounds),
    ["stamp", incident.stampUs === null ? null : formatStamp(incident.stampUs)],
    ["host", incident.host],
    ["also on", joined(incident.alsoOn)],
    ["groups", joined(incident.groups)],
    ["kernel", incident.kernel],
    ["boot", incident.bootId],
    [
      incident.confirmed ? "died" : "to die",
      incident.kind === "alert" ? null : processWords(victim.name, victim.pid, victim.uid),
    ],
    ["what", incident.detail],
    ["user", victim.user ?? findings.user],
    ["args", victim.args ?? findings.args],
    ["runs", runsOf(victim.args ?? findings.args)],
    ["seen", seenText(incident, findings)],
    ["since", findings.fate && time.atMs !== null ? fateWords(findings.fate, time.atMs) : null],
    ["chosen", chosen !== null && selected?.pid === victim.pid ? "the same" : chosen],
    ["asked", trigger === null ? null : processWords(trigger.name, trigger.pid, null)],
    ["gfp mask", trigger?.gfpMask ?? null],
    ["gfp flags", trigger?.gfpFlags ?? null],
    ["order", numberWords(trigger?.order ?? null)],
    ["score", numberWords(victim.oomScore)],
    ["score adj", numberWords(victim.oomScoreAdj)],
    ["cgroup", victim.cgroup],
    ["which is", cgroupWords(victim.cgroup)],
    [
      "report",
      incident.reportId === null
        ? null
        : `${incident.reportId}${incident.grade === null ? "" : `, ${incident.grade}`}`,
    ],
    ["episode", findings.episode],
    ["recurs", joined(findings.recurring)],
    ["first seen", `${seen} by run ${incident.run} (${incident.sources.join(", ")})`],
    ["status", annotation.status],
    ["owner", annotation.owner],
    ["cause", annotation.cause],
    ["ticket", annotation.ticket],
    ["note", annotation.note],
  ];
}

function memoryOf(
  { victim, memcg, memory, pressure, taskCount }: Incident,
  { foreignTasks }: Findings,
): readonly Field[] {
  return [
    [
      "pressure",
      joined([pressure?.class ?? null, pressure?.evidence ?? null].filter((part) => part !== null)),
    ],
    ["virtual", size(victim.totalVmKiB)],
    ["anon rss", size(victim.anonRssKiB)],
    ["file rss", size(victim.fileRssKiB)],
    ["shmem rss", size(victim.shmemRssKiB)],
    ["page tables", size(victim.pgtablesKiB)],
    ["limit of", memcg?.path ?? null],
    ["which is", cgroupWords(memcg?.path ?? null)],
    ["limit", size(memcg?.limitKiB ?? null)],
    ["usage", size(memcg?.usageKiB ?? null)],
    ["RAM", pair(memory?.ramTotalKiB ?? null, memory?.ramFreeKiB ?? null)],
    ["swap", pair(memory?.swapTotalKiB ?? null, memory?.swapFreeKiB ?? null)],
    ["tasks", numberWords(taskCount)],
    [
      "foreign",
      foreignTasks === null ? null : `${formatCount(foreignTasks, "task")} that no ps near it shows`,
    ],
  ];
}

/** Of a JVM what it runs; all else is told by its name and arguments. */
function runsOf(args: string | null): string | null {
  const words = commandWords(args);
  return words === args?.trim() ? null : words;
}

/** How far from the death the ps is that showed it. */
function seenText({ time: { atMs } }: Incident, { seenAtMs }: Findings): string | null {
  if (atMs === null || seenAtMs === null) return null;
  return `by a ps ${formatTook(Math.abs(seenAtMs - atMs))} ${seenAtMs <= atMs ? "before" : "after"}`;
}

function gapsOf({ gaps }: Incident, { width }: Look): string {
  return gaps.length === 0
    ? ""
    : ["Missing or unread:", ...gaps.map((gap) => wrapped(`  ${sanitize(gap)}`, width, 4)), ""].join("\n");
}

/** Verbatim, whatever the width: broken lines could not be copied into a search or a ticket. */
function linesOf(report: ReportDetail | null): string {
  if (report === null || report.lines.length === 0) return "";
  const lines = report.lines.map((line) => `  ${sanitize(line)}`);
  return [`Kernel log (${formatCount(lines.length, "line")}):`, ...lines, ""].join("\n");
}

/** Labels right-aligned, as coredumpctl info has them. */
function formatFields(fields: readonly Field[], { width }: Look): string {
  return fields
    .flatMap(([label, value]) =>
      value === null ? [] : [`${wrapped(`${label.padStart(12)}: ${sanitize(value)}`, width, 14)}\n`],
    )
    .join("");
}

function processWords(name: string | null, pid: number | null, uid: number | null): string {
  return `${name ?? "?"}${pid === null ? "" : ` [${pid}]`}${uid === null ? "" : `, uid ${uid}`}`;
}

function size(kiB: KiB | null): string | null {
  return kiB === null ? null : `${formatKiB(kiB)} (${kiB} KiB)`;
}

function pair(totalKiB: KiB | null, freeKiB: KiB | null): string | null {
  const parts = [
    ...(totalKiB === null ? [] : [formatKiB(totalKiB)]),
    ...(freeKiB === null ? [] : [`${formatKiB(freeKiB)} free`]),
  ];
  return joined(parts);
}

function joined(words: readonly string[]): string | null {
  return words.length === 0 ? null : words.join(", ");
}

function numberWords(value: number | null): string | null {
  return value === null ? null : String(value);
}
