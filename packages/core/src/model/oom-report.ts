import type { KiB, Pages } from "./units.ts";
import type { KernelRecord } from "./kernel-record.ts";

/** What had run out of memory: the machine, a memory cgroup, a cpuset's nodes, a memory policy's nodes. */
export const oomScopes = ["system", "memcg", "cpuset", "mempolicy"] as const;
export type OomScope = (typeof oomScopes)[number];

/** How much of a report survived on its way to us. */
export const reportGrades = [
  "complete",
  "head-lost",
  "tail-lost",
  "kill-line-and-table",
  "kill-line",
  "selection-only",
  "spliced",
] as const;
export type ReportGrade = (typeof reportGrades)[number];

/** Who asked for the page: no victim nor culprit by that. "X invoked oom-killer" (dump_header, mm/oom_kill.c). */
export interface OomTrigger {
  readonly name: string;
  /** From the CPU line that follows; a thread id. Null when that line is missing. */
  readonly pid: number | null;
  /** As printed, "0xd0": its numbers mean something else in every kernel. */
  readonly gfpMask: string | null;
  /** As printed between brackets, "GFP_KERNEL|__GFP_ZERO"; null before 4.6. */
  readonly gfpFlags: string | null;
  /** Page order asked for; -1 is a manual kill (sysrq). */
  readonly order: number | null;
  readonly oomScoreAdj: number | null;
}

/** Whom the kernel chose: "Kill process N (x) score S" (until 5.0) or "oom-kill:…,task=x,pid=N" (from 5.0). */
export interface OomSelected {
  readonly pid: number;
  readonly name: string;
  readonly uid: number | null;
  /** Permille since 2.6.36, an arbitrary badness before. */
  readonly score: number | null;
  /** "oom-kill:" names it; null before 5.0. */
  readonly taskMemcg: string | null;
}

/** Who died: one "Killed process" line (__oom_kill_process, mm/oom_kill.c). Unknown figures are null. */
export interface OomKill {
  /** Null where the line names none: "VM: killing process x" of kernels before 2.6.36. */
  readonly pid: number | null;
  /** Null when the line is cut before the name ends. */
  readonly name: string | null;
  readonly uid: number | null;
  readonly totalVmKiB: KiB | null;
  readonly anonRssKiB: KiB | null;
  readonly fileRssKiB: KiB | null;
  readonly shmemRssKiB: KiB | null;
  readonly pgtablesKiB: KiB | null;
  readonly oomScoreAdj: number | null;
  /** The scope its own prefix says, or null when the line has no prefix. */
  readonly scope: OomScope | null;
  readonly record: KernelRecord;
  /** Later lines that report the same death: a group kill prints its first victim twice. */
  readonly repeats: readonly KernelRecord[];
}

/** One row of the kernel's task table, in the kernel's own units. A column the table has not is null. */
export interface Task {
  readonly pid: number;
  readonly uid: number | null;
  readonly tgid: number | null;
  readonly totalVmPages: Pages | null;
  readonly rssPages: Pages | null;
  readonly rssAnonPages: Pages | null;
  readonly rssFilePages: Pages | null;
  readonly rssShmemPages: Pages | null;
  readonly pgtablesBytes: number | null;
  readonly nrPtes: number | null;
  readonly nrPmds: number | null;
  readonly swapentsPages: Pages | null;
  readonly cpu: number | null;
  readonly oomAdj: number | null;
  readonly oomScoreAdj: number | null;
  readonly name: string;
}

/** The memory cgroup whose limit was hit. Names the path of the limit, not of the victim. */
export interface OomMemcg {
  readonly path: string | null;
  readonly usageKiB: KiB | null;
  readonly limitKiB: KiB | null;
}

/** The figures of Mem-Info (show_mem, lib/show_mem.c): counted in pages there, KiB here where the page size is known. */
export interface MemoryState {
  readonly ramTotalKiB: KiB | null;
  readonly ramFreeKiB: KiB | null;
  readonly swapTotalKiB: KiB | null;
  readonly swapFreeKiB: KiB | null;
}

/** Why memory could not be had, words of the contract. */
export const pressureClasses = [
  "limit",
  "no-swap",
  "swap-full",
  "fragmentation",
  "low-zone",
  "kernel-memory",
  "manual",
] as const;
export type PressureClass = (typeof pressureClasses)[number];

/** Why memory could not be had, with the figures it rests on. Both null when the report does not tell. */
export interface Pressure {
  readonly class: PressureClass | null;
  /** In words with figures: "swap 0 of 2097148 KiB free", or null. */
  readonly evidence: string | null;
}

/**
 * All the kernel printed for one run of its OOM killer: its words, its units, no host, no calendar.
 * Testable from a text file alone.
 */
export interface OomReport {
  readonly trigger: OomTrigger | null;
  /** Kernel release from the CPU line, a fact about the host, never used to choose a layout. */
  readonly kernel: string | null;
  /** `constraint=` of the "oom-kill:" line as printed, or null. */
  readonly constraint: string | null;
  readonly scope: OomScope | null;
  readonly memcg: OomMemcg | null;
  readonly memory: MemoryState | null;
  readonly pressure: Pressure | null;
  /** From the first column of a buddy line, else from the victim's table row against its kill line; else null. */
  readonly pageSizeKiB: KiB | null;
  readonly tasks: readonly Task[];
  readonly selected: OomSelected | null;
  /** Victims in the order printed; a group kill has several, the repeated first one folded. Empty: unconfirmed. */
  readonly kills: readonly OomKill[];
  /** Pids that "oom_reaper: reaped process" confirms dead. */
  readonly reapedPids: readonly number[];
  readonly grade: ReportGrade;
  /** What is missing or unread, in words a person understands. */
  readonly gaps: readonly string[];
  /** Every record that belongs to the report, in input order; never empty. */
  readonly records: readonly KernelRecord[];
  /** The records that announce or report the death, in input order: header, selection, "oom-kill:", kill lines. */
  readonly header: KernelRecord | null;
  readonly selection: KernelRecord | null;
}
