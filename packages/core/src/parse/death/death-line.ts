import type { DeathEcho } from "../../model/death.ts";
import type { ToldDeath } from "./told-death.ts";

/** A process that a signal of the kernel ended: segfault, trap, fatal signal, seccomp, hardware memory. */
export interface CrashLine {
  readonly form: "crash";
  readonly death: ToldDeath;
  /** Number of the signal, or null where the line does not say. */
  readonly signal: number | null;
  /** True for a record of the audit system: its pid is the process's. */
  readonly isAudit: boolean;
}

/** A task or a CPU that goes on no more: hung task, soft and hard lockup, RCU stall. */
export interface HangLine {
  readonly form: "hang";
  readonly death: ToldDeath;
  readonly cpu: number | null;
  readonly seconds: number | null;
}

/** Who holds what a hung task waits for. */
export interface OwnerLine {
  readonly form: "owner";
  readonly pid: number;
  readonly words: string;
}

/** A line that begins or continues the oops of a kernel: "BUG: unable to handle", "Oops:", "kernel BUG at". */
export interface OopsLine {
  readonly form: "oops";
  readonly words: string;
}

/** Where in the kernel it happened, and the end of a trace. */
export type TraceLine =
  | { readonly form: "place"; readonly symbol: string }
  | { readonly form: "trace-end" }
  | { readonly form: "code" };

/** The whole machine. */
export interface PanicLine {
  readonly form: "panic";
  readonly words: string;
}

/** The task that ran when a trace was printed. */
export interface TaskLine {
  readonly form: "task";
  readonly cpu: number | null;
  readonly pid: number | null;
  readonly name: string;
}

/** A killer in user space, or Android's in the kernel, names its victim. */
export interface KillLine {
  readonly form: "kill";
  readonly death: ToldDeath;
}

/** What earlyoom says around its kill; `pid` where the line names one. */
export interface KillerLine {
  readonly form: "killer";
  readonly says: "low" | "escalates" | "exited" | "stays" | "failed" | "dryrun" | "group";
  readonly pid: number | null;
  readonly words: string | null;
}

/** A further line of a lowmemorykiller's message that came as a record of its own. */
export interface MoreLine {
  readonly form: "more";
  readonly words: string;
  readonly rssKiB: number | null;
}

/** Somebody else's word on a death. */
export interface EchoLine {
  readonly form: "echo";
  readonly echo: Omit<DeathEcho, "record">;
}

/** What one line of a log says of deaths outside OOM reports. */
export type DeathLine =
  | CrashLine
  | HangLine
  | OwnerLine
  | OopsLine
  | TraceLine
  | PanicLine
  | TaskLine
  | KillLine
  | KillerLine
  | MoreLine
  | EchoLine;
