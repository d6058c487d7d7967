import type { KiB, EpochMs, Micros, Seconds } from "./units.ts";
import type { MemoryState, OomMemcg, OomScope, OomTrigger, Pressure, ReportGrade } from "./oom-report.ts";
import type { WallTime } from "./wall-time.ts";
import type { Suspect } from "./suspect.ts";

/** Kinds of death of the contract. */
export const incidentKinds = [
  "oom-kill",
  "oomd-kill",
  "segfault",
  "trap",
  "signal",
  "seccomp",
  "hw-memory",
  "hung-task",
  "lockup",
  "oops",
  "panic",
  "reboot",
  "vanished",
  "alert",
] as const;
export type IncidentKind = (typeof incidentKinds)[number];

/** Who died. Every figure null when the log does not say. */
export interface Victim {
  readonly pid: number | null;
  readonly name: string | null;
  readonly uid: number | null;
  readonly user: string | null;
  readonly args: string | null;
  readonly totalVmKiB: KiB | null;
  readonly anonRssKiB: KiB | null;
  readonly fileRssKiB: KiB | null;
  readonly shmemRssKiB: KiB | null;
  readonly pgtablesKiB: KiB | null;
  readonly oomScore: number | null;
  readonly oomScoreAdj: number | null;
  readonly cgroup: string | null;
}

/** A victim of whom nothing is known. */
export const unknownVictim: Victim = {
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

/** What a reviewer wrote; empty is null. */
export interface Annotation {
  readonly status: string | null;
  readonly owner: string | null;
  readonly cause: string | null;
  readonly ticket: string | null;
  readonly note: string | null;
}

/** One death on one host at one time. */
export interface Incident {
  /** `k-` and 12 hex digits; never changes. */
  readonly id: string;
  readonly kind: IncidentKind;
  readonly host: string;
  /** Sorted. */
  readonly alsoOn: readonly string[];
  readonly groups: readonly string[];
  readonly time: WallTime;
  /** The host's IANA zone, and its offset at `time`; null when it never told. */
  readonly zone: string | null;
  readonly utcOffsetS: Seconds | null;
  /** printk stamp of the record that reports the death. */
  readonly stampUs: Micros | null;
  readonly bootId: string | null;
  readonly kernel: string | null;
  /** `o-` and 12 hex digits: the OOM report it came from, shared by the victims of a group kill. */
  readonly reportId: string | null;
  readonly grade: ReportGrade | null;
  /** False: a kill was announced and its death line is missing. */
  readonly confirmed: boolean;
  readonly gaps: readonly string[];
  readonly scope: OomScope | null;
  readonly victim: Victim;
  readonly selected: { readonly pid: number; readonly name: string } | null;
  readonly trigger: OomTrigger | null;
  readonly memcg: OomMemcg | null;
  readonly memory: MemoryState | null;
  /** Why memory could not be had; null when the report does not tell. */
  readonly pressure: Pressure | null;
  /** What happened, in the log's own words, where it was no OOM kill: "at 0, error 4 in libc.so.6". Hostile text. */
  readonly detail: string | null;
  readonly taskCount: number | null;
  /** Largest first; null when there is no task table to judge from. */
  readonly suspects: readonly Suspect[] | null;
  /** Carriers that reported it: `collect`, `import`, and who echoed it: `systemd`; sorted. */
  readonly sources: readonly string[];
  /** Collector clock when it was first stored. */
  readonly firstSeenMs: EpochMs;
  /** Run that brought it first. */
  readonly run: number;
  readonly annotation: Annotation;
}
