import { expect, test } from "vitest";
import {
  incidentColumns,
  incidentCells,
  incidentRow,
} from "../../../packages/cli/src/render/incident-csv.ts";
import { incidentDetailJson, incidentJson } from "../../../packages/cli/src/render/incident-json.ts";
import { barestIncident, incidentOf } from "../support/incident-of.ts";

test("has every name of the contract, in its units", () => {
  expect(incidentJson(incidentOf(), null)).toEqual({
    id: "k-3fa81c09d2e4",
    kind: "oom-kill",
    host: "xxx041",
    also_on: [],
    groups: ["temai"],
    at: "2015-04-22T02:56:49.500Z",
    at_error_s: 7.5,
    at_method: "bracketed",
    at_local: "2015-04-22 10:56:49",
    utc_offset: "+08:00",
    stamp_s: 28_325_872.177364,
    boot_id: null,
    kernel: "2.6.32-358.23.2.ali1172.el5.x86_64",
    report: "o-77aa0b12c3d4",
    report_grade: "kill-line-and-table",
    confirmed: true,
    gaps: ["Mem-Info is missing"],
    scope: "memcg",
    victim: {
      pid: 30_991,
      name: "view",
      uid: 52_539,
      user: null,
      args: null,
      seen_at: null,
      total_vm_kib: 8_098_728,
      anon_rss_kib: 8_022_516,
      file_rss_kib: 696,
      shmem_rss_kib: null,
      pgtables_kib: null,
      oom_score: 958,
      oom_score_adj: 0,
      cgroup: null,
      cgroup_owner: null,
    },
    selected: { pid: 30_991, name: "view" },
    trigger: { pid: 33_825, name: "rsync", gfp_mask: "0xd0", gfp_flags: null, order: 0, oom_score_adj: 0 },
    memcg: { path: null, path_owner: null, usage_kib: null, limit_kib: null },
    ram: { total_kib: null, free_kib: null },
    swap: { total_kib: null, free_kib: null },
    pressure: { class: null, evidence: null },
    task_count: 39,
    suspects: [
      {
        name: "view",
        uid: 52_539,
        user: null,
        cgroup: null,
        parent: null,
        count: 1,
        rss_kib: 8_023_212,
        swap_kib: 0,
        share: 0.925,
        growth: null,
        growth_from_kib: null,
        growth_s: null,
        growth_since: null,
        why: "one task held up to 7.7 GiB, 93 % of what all tasks held",
      },
    ],
    family: null,
    foreign_tasks: null,
    detail: null,
    episode: null,
    recurring: [],
    sources: ["collect"],
    first_seen: "2015-04-22T03:30:00.000Z",
    run: 57,
    status: null,
    owner: null,
    cause: null,
    ticket: null,
    note: null,
  });
});

test("keeps objects where nothing is known of them, and invents no time", () => {
  const json = incidentJson(barestIncident(), null);
  expect(json).toMatchObject({
    at: null,
    at_error_s: null,
    at_local: null,
    utc_offset: null,
    selected: { pid: null, name: null },
    trigger: { pid: null, name: null, order: null },
    suspects: null,
    task_count: null,
    scope: null,
  });
});

test("has the local time that was asked for, and none for a host that told no zone", () => {
  expect(incidentJson(incidentOf(), "UTC")).toMatchObject({
    at_local: "2015-04-22 02:56:49",
    utc_offset: "+00:00",
  });
  expect(incidentJson(incidentOf({ zone: null, utcOffsetS: null }), null)).toMatchObject({ at_local: null });
  expect(incidentJson(incidentOf({ zone: null }), null)).toMatchObject({ utc_offset: "+08:00" });
});

test("of one incident whole has tasks in the kernel's units, anchors and raw lines", () => {
  const detail = incidentDetailJson(incidentOf(), null, [], null);
  expect(detail).toMatchObject({ tasks: [], anchors: [], lines: [] });
});

const csvOfContract =
  "incident_id,kind,confirmed,host,also_on,groups,killed_at_utc,killed_at_local,utc_offset,date_local,weekday_local,hour_local,time_local,time_error_s,time_method,process,pid,uid,user,selected_process,selected_pid,trigger_process,scope,cgroup,total_vm_kib,anon_rss_kib,file_rss_kib,shmem_rss_kib,pgtables_kib,oom_score,oom_score_adj,pressure,suspect,suspect_rss_kib,suspect_share,kernel,boot_id,stamp_s,host_uptime_s,load1,load5,load15,report_id,report_grade,gaps,episode_id,recurring_id,source,first_seen_utc,run_id,status,owner,cause,ticket,note";

test("has the columns of the review's CSV in their order", () => {
  expect(incidentColumns.filter((name) => name !== "annotation_rev").join(",")).toBe(csvOfContract);
  expect(incidentColumns.at(-6)).toBe("annotation_rev");
});

test("fills the CSV in local words, unknown cells empty", () => {
  const nearby = { uptimeS: 90_000, load1: 3.5, load5: null, load15: 0 };
  const company = { episode: "e-5d1c77b0a9e8", recurring: ["r-1", "r-2"] };
  const cells = incidentCells(incidentRow(incidentOf(), { nearby, company, annotationRev: 0 }, null));
  const row = Object.fromEntries(incidentColumns.map((column, at) => [column, cells[at]]));
  expect(row).toMatchObject({
    killed_at_utc: "2015-04-22T02:56:49Z",
    killed_at_local: "2015-04-22 10:56:49",
    date_local: "2015-04-22",
    weekday_local: "Wed",
    hour_local: 10,
    episode_id: "e-5d1c77b0a9e8",
    time_local: "10:56:49",
    suspect: "view",
    suspect_share: 0.925,
    host_uptime_s: 90_000,
    load5: null,
    load15: 0,
    pressure: null,
    first_seen_utc: "2015-04-22T03:30:00Z",
  });
});
