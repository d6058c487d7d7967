import type { Incident, Suspect, Victim } from "@inquest/core";

/** Changes to an incident: fields, and single fields of the victim. */
export type IncidentChange = Partial<Omit<Incident, "victim">> & { readonly victim?: Partial<Victim> };

const nobody: Victim = {
  pid: null,
  name: null,
  uid: null,
  user: null,
  args: null,
  totalVmKiB: null,
  anonRssKiB: null,
  fileRssKiB: null,
  shmemRssKiB: null,
  pgtablesKiB: null,
  oomScore: null,
  oomScoreAdj: null,
  cgroup: null,
};

const viewers: readonly Suspect[] = [
  { name: "view", uid: 52_539, count: 1, rssKiB: 8_023_212, swapKiB: 0, share: 0.925 },
];

/** An incident like the one of the contract: a viewer of huge logs that died at its group's limit. */
export function incidentOf({ victim, ...change }: IncidentChange = {}): Incident {
  return {
    id: "k-3fa81c09d2e4",
    kind: "oom-kill",
    host: "xxx041",
    alsoOn: [],
    groups: ["temai"],
    time: { atMs: Date.parse("2015-04-22T02:56:49.500Z"), errorS: 7.5, method: "bracketed" },
    zone: "Asia/Shanghai",
    utcOffsetS: 28_800,
    stampUs: 28_325_872_177_364,
    bootId: null,
    kernel: "2.6.32-358.23.2.ali1172.el5.x86_64",
    reportId: "o-77aa0b12c3d4",
    grade: "kill-line-and-table",
    confirmed: true,
    gaps: ["Mem-Info is missing"],
    scope: "memcg",
    victim: {
      ...nobody,
      pid: 30_991,
      name: "view",
      uid: 52_539,
      totalVmKiB: 8_098_728,
      anonRssKiB: 8_022_516,
      fileRssKiB: 696,
      oomScore: 958,
      oomScoreAdj: 0,
      ...victim,
    },
    selected: { pid: 30_991, name: "view" },
    trigger: { pid: 33_825, name: "rsync", gfpMask: "0xd0", gfpFlags: null, order: 0, oomScoreAdj: 0 },
    memcg: null,
    memory: null,
    taskCount: 39,
    pressure: null,
    detail: null,
    suspects: viewers,
    sources: ["collect"],
    firstSeenMs: Date.parse("2015-04-22T03:30:00Z"),
    run: 57,
    annotation: { status: null, owner: null, cause: null, ticket: null, note: null },
    ...change,
  };
}

/** An incident of which the log said next to nothing. */
export function barestIncident(change: IncidentChange = {}): Incident {
  return incidentOf({
    time: { atMs: null, errorS: null, method: "ordered-only" },
    zone: null,
    utcOffsetS: null,
    bootId: null,
    kernel: null,
    reportId: null,
    grade: null,
    confirmed: false,
    gaps: [],
    scope: null,
    selected: null,
    trigger: null,
    taskCount: null,
    suspects: null,
    groups: [],
    ...change,
    victim: { ...nobody, ...change.victim },
  });
}
