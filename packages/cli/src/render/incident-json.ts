import { hostZoneOf, largestHerd, localTimeOf } from "@inquest/core";
import type {
  EpochMs,
  Incident,
  MemoryState,
  OomMemcg,
  OomTrigger,
  ReportDetail,
  Task,
  Victim,
} from "@inquest/core";
import { cgroupJson } from "./cgroup.ts";
import { fateJson } from "./fate.ts";
import { noFindings } from "./findings.ts";
import type { Findings } from "./findings.ts";
import { familyJson, suspectJson, tableCgroupOf } from "./suspect.ts";

/** A JSON object whose names programs rely on. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** ISO 8601 in UTC with milliseconds, or null. */
export function isoTime(atMs: EpochMs | null): string | null {
  return atMs === null ? null : new Date(Math.round(atMs)).toISOString();
}

/**
 * One incident as JSON. What is an object is always one, with null for each thing not told.
 * `zone`: --tz; null: the host's own, and no local time where the host told none. `findings`: what the rest of the
 * store tells of it.
 */
export function incidentJson(
  incident: Incident,
  zone: string | null,
  findings: Findings = noFindings,
): JsonObject {
  const { time, annotation } = incident;
  const shownIn = zone ?? hostZoneOf(incident);
  const local = time.atMs === null || shownIn === null ? null : localTimeOf(time.atMs, shownIn);
  return {
    id: incident.id,
    kind: incident.kind,
    host: incident.host,
    also_on: incident.alsoOn,
    groups: incident.groups,
    at: isoTime(time.atMs),
    at_error_s: time.errorS,
    at_method: time.method,
    at_local: local === null ? null : `${local.date} ${local.time}`,
    utc_offset: local?.utcOffset ?? null,
    stamp_s: incident.stampUs === null ? null : incident.stampUs / 1e6,
    boot_id: incident.bootId,
    kernel: incident.kernel,
    report: incident.reportId,
    report_grade: incident.grade,
    confirmed: incident.confirmed,
    gaps: incident.gaps,
    scope: incident.scope,
    victim: victimJson(incident.victim, findings),
    selected: { pid: incident.selected?.pid ?? null, name: incident.selected?.name ?? null },
    trigger: triggerJson(incident.trigger),
    memcg: memcgJson(incident.memcg),
    ...memoryJson(incident.memory),
    pressure: { class: incident.pressure?.class ?? null, evidence: incident.pressure?.evidence ?? null },
    detail: incident.detail,
    task_count: incident.taskCount,
    suspects:
      incident.suspects?.map((suspect, at) =>
        suspectJson(suspect, {
          growth: findings.growths[at] ?? null,
          user: findings.users[at] ?? null,
          parent: findings.parents[at] ?? null,
          cgroup: tableCgroupOf(incident),
        }),
      ) ?? null,
    family: findings.family && familyJson(findings.family),
    foreign_tasks: findings.foreignTasks,
    episode: findings.episode,
    recurring: findings.recurring,
    sources: incident.sources,
    first_seen: isoTime(incident.firstSeenMs),
    run: incident.run,
    status: annotation.status,
    owner: annotation.owner,
    cause: annotation.cause,
    ticket: annotation.ticket,
    note: annotation.note,
  };
}

/** `show -o json`: the incident with the task table, the anchors and the raw lines of its report. */
export function incidentDetailJson(
  incident: Incident,
  report: ReportDetail | null,
  anchors: readonly JsonObject[],
  zone: string | null,
  findings: Findings = noFindings,
): JsonObject {
  return {
    ...incidentJson(incident, zone, findings),
    page_size_kib: report?.pageSizeKiB ?? null,
    fate: findings.fate && fateJson(findings.fate),
    herd: largestHerd(report?.tasks ?? []),
    tasks: report?.tasks.map(taskJson) ?? [],
    anchors,
    lines: report?.lines ?? [],
  };
}

function victimJson(victim: Victim, findings: Findings): JsonObject {
  return {
    pid: victim.pid,
    name: victim.name,
    uid: victim.uid,
    user: victim.user ?? findings.user,
    args: victim.args ?? findings.args,
    seen_at: isoTime(findings.seenAtMs),
    total_vm_kib: victim.totalVmKiB,
    anon_rss_kib: victim.anonRssKiB,
    file_rss_kib: victim.fileRssKiB,
    shmem_rss_kib: victim.shmemRssKiB,
    pgtables_kib: victim.pgtablesKiB,
    oom_score: victim.oomScore,
    oom_score_adj: victim.oomScoreAdj,
    cgroup: victim.cgroup,
    cgroup_owner: cgroupJson(victim.cgroup),
  };
}

function triggerJson(trigger: OomTrigger | null): JsonObject {
  return {
    pid: trigger?.pid ?? null,
    name: trigger?.name ?? null,
    gfp_mask: trigger?.gfpMask ?? null,
    gfp_flags: trigger?.gfpFlags ?? null,
    order: trigger?.order ?? null,
    oom_score_adj: trigger?.oomScoreAdj ?? null,
  };
}

function memcgJson(memcg: OomMemcg | null): JsonObject {
  return {
    path: memcg?.path ?? null,
    path_owner: cgroupJson(memcg?.path ?? null),
    usage_kib: memcg?.usageKiB ?? null,
    limit_kib: memcg?.limitKiB ?? null,
  };
}

function memoryJson(memory: MemoryState | null): JsonObject {
  return {
    ram: { total_kib: memory?.ramTotalKiB ?? null, free_kib: memory?.ramFreeKiB ?? null },
    swap: { total_kib: memory?.swapTotalKiB ?? null, free_kib: memory?.swapFreeKiB ?? null },
  };
}

function taskJson(task: Task): JsonObject {
  return {
    pid: task.pid,
    tgid: task.tgid,
    uid: task.uid,
    name: task.name,
    total_vm_pages: task.totalVmPages,
    rss_pages: task.rssPages,
    rss_anon_pages: task.rssAnonPages,
    rss_file_pages: task.rssFilePages,
    rss_shmem_pages: task.rssShmemPages,
    pgtables_bytes: task.pgtablesBytes,
    nr_ptes: task.nrPtes,
    nr_pmds: task.nrPmds,
    swapents_pages: task.swapentsPages,
    cpu: task.cpu,
    oom_adj: task.oomAdj,
    oom_score_adj: task.oomScoreAdj,
  };
}
