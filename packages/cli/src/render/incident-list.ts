import { hostZoneOf } from "@inquest/core";
import type { EpochMs, Incident, Seconds } from "@inquest/core";
import { formatKiB } from "./quantity.ts";
import { formatTable } from "./table.ts";
import type { Column, Look, TableCell } from "./table.ts";
import {
  formatError,
  formatInstant,
  formatOffset,
  formatStamp,
  formatZonedInstant,
  sharedOffset,
} from "./wall-time.ts";

/** One incident of a list. */
export interface ListedIncident {
  readonly incident: Incident;
  /** Its time is less certain than the window it was asked for by: it may lie in it. */
  readonly overlaps: boolean;
}

/** How a list of incidents is shown. */
/** A terminal, and the zones and moment of what is shown on it. */
export interface ListLook extends Look {
  /** --tz; null: each host's own zone. */
  readonly zone: string | null;
  /** For hosts that told no zone: the collector's. */
  readonly fallbackZone: string;
  readonly nowMs: EpochMs;
  /** -v: also who asked for the memory. */
  readonly verbose: boolean;
}

/** Enough of an id for a person; `show` takes any prefix that is unique. */
const idChars = 8;

/** Incidents as a table, one a line. */
export function formatIncidentList(rows: readonly ListedIncident[], look: ListLook): string {
  const zones = rows.map(({ incident }) => look.zone ?? hostZoneOf(incident) ?? look.fallbackZone);
  const commonOffset = sharedOffset(
    rows.flatMap(({ incident: { time } }, at) =>
      time.atMs === null ? [] : [{ atMs: time.atMs, zone: zones[at] ?? "UTC" }],
    ),
  );
  const notes = rows.map(({ incident }, at) => notesOf(incident, zones[at] ?? "UTC", look.verbose));
  const idWidth = uniqueWidth(rows.map(({ incident }) => incident.id));
  const onlyOom = rows.every(({ incident: { kind, scope } }) => kind === "oom-kill" && scope !== null);
  const columns: readonly Column[] = [
    { title: "ID" },
    { title: commonOffset === null ? "TIME" : `TIME ${commonOffset}` },
    { title: "±", align: "right" },
    { title: "HOST", shrinks: true },
    // "oom" once in the title leaves room for names where nothing else happened.
    { title: onlyOom ? "OOM" : "KIND" },
    { title: "PROCESS", shrinks: true },
    { title: "PID", align: "right" },
    { title: "UID", align: "right", yields: true },
    { title: "RSS", align: "right" },
    ...(notes.some((note) => note !== "") ? [{ title: "NOTE", moves: true }] : []),
  ];
  const cells = rows.map(({ incident, overlaps }, at): readonly TableCell[] => {
    const { victim, time } = incident;
    return [
      incident.id.slice(0, idWidth),
      (overlaps ? "~" : "") + timeCell(incident, zones[at] ?? "UTC", look.nowMs, commonOffset === null),
      time.errorS === null ? "" : shortError(time.errorS),
      [incident.host, ...incident.alsoOn].join(","),
      onlyOom ? (incident.scope ?? "") : kindCell(incident),
      incident.confirmed ? nameCell(incident) : { text: nameCell(incident), tone: "doubt" },
      numberCell(victim.pid),
      numberCell(victim.uid),
      rssCell(incident),
      { text: notes[at] ?? "", tone: "doubt" },
    ];
  });
  return formatTable(
    columns,
    cells.map((row) => row.slice(0, columns.length)),
    look,
  );
}

/** As formatError, in four characters: `7.5s`, `10m`. */
function shortError(errorS: Seconds): string {
  return formatError(errorS).replace(" min", "m").replace(" ", "");
}

/** A death without a time shows its stamp; the note says before when it was. */
function timeCell({ time, stampUs }: Incident, zone: string, nowMs: EpochMs, withOffset: boolean): string {
  if (time.atMs === null) return stampUs === null ? "?" : formatStamp(stampUs);
  const shownMs = Math.min(time.atMs, nowMs);
  return formatInstant(shownMs, zone) + (withOffset ? ` ${formatOffset(shownMs, zone)}` : "");
}

/** `memcg`-like scopes qualify an oom-kill; a kill whose report does not say stays `oom-kill`. */
function kindCell({ kind, scope }: Incident): string {
  return kind === "oom-kill" && scope !== null ? `oom ${scope}` : kind;
}

/** A machine that boots is no process. */
function nameCell({ kind, victim }: Incident): string {
  return victim.name ?? (kind === "reboot" ? "-" : "?");
}

function rssCell({ victim: { anonRssKiB, fileRssKiB, shmemRssKiB } }: Incident): string {
  const known = [anonRssKiB, fileRssKiB, shmemRssKiB].filter((part) => part !== null);
  return known.length === 0 ? "?" : formatKiB(known.reduce((total, part) => total + part, 0));
}

function notesOf(
  { confirmed, victim, selected, trigger, time, firstSeenMs, detail }: Incident,
  zone: string,
  verbose: boolean,
): string {
  return [
    ...(confirmed ? [] : ["unconfirmed"]),
    ...(time.atMs === null ? [`before ${formatZonedInstant(firstSeenMs, zone)}`] : []),
    ...(selected !== null && selected.pid !== victim.pid
      ? [`${selected.name}[${selected.pid}] was chosen`]
      : []),
    ...(detail === null ? [] : [detail]),
    ...(verbose && trigger !== null ? [`${trigger.name} asked`] : []),
  ].join(", ");
}

function numberCell(value: number | null): string {
  return value === null ? "?" : String(value);
}

/** The shortest width from idChars on at which the ids shown differ from each other. */
function uniqueWidth(ids: readonly string[]): number {
  const different = new Set(ids).size;
  let width = idChars;
  while (width < 14 && new Set(ids.map((id) => id.slice(0, width))).size < different) width += 1;
  return width;
}
