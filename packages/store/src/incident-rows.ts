import type { Incident, MemoryState, OomMemcg, OomTrigger, Pressure, Victim, WallTime } from "@inquest/core";
import type { ColumnsOf } from "./columns.ts";
import { fromColumns, fromJsonColumns, fromKnownColumns, toColumns, toJsonColumns } from "./columns.ts";
import type { SqlRow } from "./sql.ts";

/** An incident as its own table holds it; what a reviewer wrote is kept in another. */
export type StoredIncident = Omit<Incident, "annotation">;

type Selected = NonNullable<Incident["selected"]>;
type Lists = Pick<StoredIncident, "alsoOn" | "groups" | "gaps" | "suspects" | "sources">;
type PlainIncident = Omit<
  StoredIncident,
  keyof Lists | "time" | "victim" | "selected" | "trigger" | "memcg" | "memory" | "pressure" | "confirmed"
>;

const plainColumns: ColumnsOf<PlainIncident> = {
  host: "host",
  id: "id",
  kind: "kind",
  zone: "zone",
  utcOffsetS: "utc_offset_s",
  stampUs: "stamp_us",
  bootId: "boot_id",
  kernel: "kernel",
  reportId: "report_id",
  grade: "report_grade",
  scope: "scope",
  detail: "detail",
  taskCount: "task_count",
  firstSeenMs: "first_seen_ms",
  run: "run",
};

const timeColumns: ColumnsOf<WallTime> = { atMs: "at_ms", errorS: "at_error_s", method: "at_method" };

const victimColumns: ColumnsOf<Victim> = {
  pid: "victim_pid",
  name: "victim_name",
  uid: "victim_uid",
  user: "victim_user",
  args: "victim_args",
  totalVmKiB: "victim_total_vm_kib",
  anonRssKiB: "victim_anon_rss_kib",
  fileRssKiB: "victim_file_rss_kib",
  shmemRssKiB: "victim_shmem_rss_kib",
  pgtablesKiB: "victim_pgtables_kib",
  oomScore: "victim_oom_score",
  oomScoreAdj: "victim_oom_score_adj",
  cgroup: "victim_cgroup",
};

const selectedColumns: ColumnsOf<Selected> = { pid: "selected_pid", name: "selected_name" };

const triggerColumns: ColumnsOf<OomTrigger> = {
  name: "trigger_name",
  pid: "trigger_pid",
  gfpMask: "trigger_gfp_mask",
  gfpFlags: "trigger_gfp_flags",
  order: "trigger_order",
  oomScoreAdj: "trigger_oom_score_adj",
};

const memcgColumns: ColumnsOf<OomMemcg> = {
  path: "memcg_path",
  usageKiB: "memcg_usage_kib",
  limitKiB: "memcg_limit_kib",
};

const memoryColumns: ColumnsOf<MemoryState> = {
  ramTotalKiB: "ram_total_kib",
  ramFreeKiB: "ram_free_kib",
  swapTotalKiB: "swap_total_kib",
  swapFreeKiB: "swap_free_kib",
};

const pressureColumns: ColumnsOf<Pressure> = { class: "pressure_class", evidence: "pressure_evidence" };

const listColumns: ColumnsOf<Lists> = {
  alsoOn: "also_on",
  groups: "groups",
  gaps: "gaps",
  suspects: "suspects",
  sources: "sources",
};

/** One incident as its row of `incidents`. */
export function toIncidentRow(incident: StoredIncident): SqlRow {
  return {
    ...toColumns<PlainIncident>(plainColumns, incident),
    ...toColumns(timeColumns, incident.time),
    ...toColumns(victimColumns, incident.victim),
    ...toColumns(selectedColumns, incident.selected),
    ...toColumns(triggerColumns, incident.trigger),
    ...toColumns(memcgColumns, incident.memcg),
    ...toColumns(memoryColumns, incident.memory),
    ...toColumns(pressureColumns, incident.pressure),
    ...toJsonColumns<Lists>(listColumns, incident),
    confirmed: Number(incident.confirmed),
  };
}

/** One row of `incidents` as the incident it was. A memcg, memory or pressure of which nothing is known is null. */
export function toStoredIncident(row: SqlRow): StoredIncident {
  return {
    ...fromColumns<PlainIncident>(plainColumns, row),
    time: fromColumns<WallTime>(timeColumns, row),
    confirmed: row["confirmed"] === 1,
    victim: fromColumns<Victim>(victimColumns, row),
    selected: fromKnownColumns<Selected>(selectedColumns, row),
    trigger: fromKnownColumns<OomTrigger>(triggerColumns, row),
    memcg: fromKnownColumns<OomMemcg>(memcgColumns, row),
    memory: fromKnownColumns<MemoryState>(memoryColumns, row),
    pressure: fromKnownColumns<Pressure>(pressureColumns, row),
    ...fromJsonColumns<Lists>(listColumns, row),
  };
}
