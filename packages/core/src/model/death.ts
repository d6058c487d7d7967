import type { IncidentKind } from "./incident.ts";
import type { KernelRecord } from "./kernel-record.ts";
import type { EpochMs } from "./units.ts";

/** Kinds of death that one line or a few lines of a log tell of, beside the reports of the OOM killer. */
export type DeathKind = Exclude<IncidentKind, "oom-kill" | "reboot" | "vanished" | "alert">;

/** A death that a log tells of outside any OOM report: its words, no host, no calendar. Unknown is null. */
export interface Death {
  readonly kind: DeathKind;
  readonly pid: number | null;
  readonly name: string | null;
  readonly uid: number | null;
  /** True when `pid` is known to be a thread's (a segfault names the thread), false when it is the process's. */
  readonly isThread: boolean | null;
  /** Control group or systemd unit named, or null. */
  readonly cgroup: string | null;
  /** RSS that the line says the victim had, KiB (earlyoom's VmRSS). */
  readonly rssKiB: number | null;
  /** What happened, in the log's own words and figures: "at 0, error 4 in libc.so.6". Hostile text. */
  readonly detail: string | null;
  /** False: announced only ("sending SIGTERM"), its end is not told. */
  readonly confirmed: boolean;
  /** Exact wall time that the line itself carries (audit(EPOCH.ms)), host clock; else null. */
  readonly atMs: EpochMs | null;
  /** The line that tells of it. */
  readonly record: KernelRecord;
  /** Every record that belongs to it, `record` among them, in input order. */
  readonly records: readonly KernelRecord[];
}

/** What PID 1 or a daemon says of a death that the kernel or another daemon has reported: a source, never an incident. */
export interface DeathEcho {
  /** Who says so: `systemd`. */
  readonly source: string;
  /** What it echoes. */
  readonly kind: IncidentKind;
  readonly unit: string | null;
  readonly pid: number | null;
  readonly record: KernelRecord;
}

/** All that a passage of a log tells of deaths beside OOM reports. */
export interface Deaths {
  readonly deaths: readonly Death[];
  readonly echoes: readonly DeathEcho[];
}
