import { hostZoneOf, localTimeOf } from "@inquest/core";
import type { Incident, LocalTime, Seconds } from "@inquest/core";
import type { CsvValue } from "./csv.ts";
import type { Company } from "./findings.ts";
import { formatUtc } from "./wall-time.ts";

/** Figures of the visit nearest to a death; null: not known. */
interface NearbyFigures {
  readonly uptimeS: Seconds | null;
  readonly load1: number | null;
  readonly load5: number | null;
  readonly load15: number | null;
}

/** One incident beside what its row needs. */
export interface IncidentRow {
  readonly incident: Incident;
  readonly nearby: NearbyFigures | null;
  readonly company: Company;
  /** Local time of the death, in --tz or the host's own zone; null without a time or a zone. */
  readonly local: LocalTime | null;
  /** Revision of its annotation, 0: none, null: not told; `annotate --from` knows by it what a reviewer changed. */
  readonly annotationRev: number | null;
}

const weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/** Columns of `export csv incidents`, in their order: names are fixed, new ones go before the last five. */
const columns = {
  incident_id: ({ incident }) => incident.id,
  kind: ({ incident }) => incident.kind,
  confirmed: ({ incident }) => incident.confirmed,
  host: ({ incident }) => incident.host,
  also_on: ({ incident }) => incident.alsoOn,
  groups: ({ incident }) => incident.groups,
  killed_at_utc: ({ incident: { time } }) => (time.atMs === null ? null : formatUtc(time.atMs)),
  killed_at_local: ({ local }) => local && `${local.date} ${local.time}`,
  utc_offset: ({ local }) => local && local.utcOffset,
  date_local: ({ local }) => local && local.date,
  weekday_local: ({ local }) => local && (weekdays[local.weekday - 1] ?? null),
  hour_local: ({ local }) => local && local.hour,
  time_local: ({ local }) => local && local.time,
  time_error_s: ({ incident }) => incident.time.errorS,
  time_method: ({ incident }) => incident.time.method,
  process: ({ incident }) => incident.victim.name,
  pid: ({ incident }) => incident.victim.pid,
  uid: ({ incident }) => incident.victim.uid,
  user: ({ incident }) => incident.victim.user,
  selected_process: ({ incident }) => incident.selected?.name ?? null,
  selected_pid: ({ incident }) => incident.selected?.pid ?? null,
  trigger_process: ({ incident }) => incident.trigger?.name ?? null,
  scope: ({ incident }) => incident.scope,
  cgroup: ({ incident }) => incident.victim.cgroup ?? incident.memcg?.path ?? null,
  total_vm_kib: ({ incident }) => incident.victim.totalVmKiB,
  anon_rss_kib: ({ incident }) => incident.victim.anonRssKiB,
  file_rss_kib: ({ incident }) => incident.victim.fileRssKiB,
  shmem_rss_kib: ({ incident }) => incident.victim.shmemRssKiB,
  pgtables_kib: ({ incident }) => incident.victim.pgtablesKiB,
  oom_score: ({ incident }) => incident.victim.oomScore,
  oom_score_adj: ({ incident }) => incident.victim.oomScoreAdj,
  pressure: ({ incident }) => incident.pressure?.class ?? null,
  suspect: ({ incident }) => incident.suspects?.[0]?.name ?? null,
  suspect_rss_kib: ({ incident }) => incident.suspects?.[0]?.rssKiB ?? null,
  suspect_share: ({ incident }) => incident.suspects?.[0]?.share ?? null,
  kernel: ({ incident }) => incident.kernel,
  boot_id: ({ incident }) => incident.bootId,
  stamp_s: ({ incident }) => (incident.stampUs === null ? null : incident.stampUs / 1e6),
  host_uptime_s: ({ nearby }) => nearby?.uptimeS ?? null,
  load1: ({ nearby }) => nearby?.load1 ?? null,
  load5: ({ nearby }) => nearby?.load5 ?? null,
  load15: ({ nearby }) => nearby?.load15 ?? null,
  report_id: ({ incident }) => incident.reportId,
  report_grade: ({ incident }) => incident.grade,
  gaps: ({ incident }) => incident.gaps,
  episode_id: ({ company }) => company.episode,
  recurring_id: ({ company }) => company.recurring,
  source: ({ incident }) => incident.sources,
  first_seen_utc: ({ incident }) => formatUtc(incident.firstSeenMs),
  run_id: ({ incident }) => incident.run,
  annotation_rev: ({ annotationRev }) => annotationRev,
  status: ({ incident }) => incident.annotation.status,
  owner: ({ incident }) => incident.annotation.owner,
  cause: ({ incident }) => incident.annotation.cause,
  ticket: ({ incident }) => incident.annotation.ticket,
  note: ({ incident }) => incident.annotation.note,
} satisfies Record<string, (row: IncidentRow) => CsvValue>;

/** Names of the columns of `export csv incidents`. */
export const incidentColumns: readonly string[] = Object.keys(columns);

/** One row of `export csv incidents`. */
export function incidentCells(row: IncidentRow): readonly CsvValue[] {
  return Object.values<(row: IncidentRow) => CsvValue>(columns).map((read) => read(row));
}

/** An incident with its local time in `zone` (--tz), or in its host's own where that is null. */
export function incidentRow(
  incident: Incident,
  besides: Pick<IncidentRow, "nearby" | "company" | "annotationRev">,
  zone: string | null,
): IncidentRow {
  const { atMs } = incident.time;
  const shownIn = zone ?? hostZoneOf(incident);
  const local = atMs === null || shownIn === null ? null : localTimeOf(atMs, shownIn);
  return { incident, ...besides, local };
}
