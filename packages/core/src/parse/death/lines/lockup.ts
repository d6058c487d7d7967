import { toNumber, toPid } from "../../oom/lines/number.ts";
import type { HangLine } from "../death-line.ts";
import { toDetail, toldDeath } from "../told-death.ts";
import { comm } from "./comm.ts";

const before = String.raw`^(?:NMI watchdog: |watchdog: )?(?:CPU ?\d{1,5}: )?`;
const patterns: readonly RegExp[] = [
  // watchdog: BUG: soft lockup - CPU#1 stuck for 134s! [syz-executor4:4588]
  // BUG: soft lockup - CPU#0 stuck for 61s! [swapper:0]                                    (2.6.24 to 3.x)
  new RegExp(
    String.raw`${before}BUG: soft lockup - CPU#(?<cpu>\d{1,5}) stuck for (?<seconds>\d{1,10})s! \[(?<name>${comm}):(?<pid>\d{1,10})\]`,
    "su",
  ),
  // BUG: soft lockup detected on CPU#0!                                                    (until 2.6.23)
  new RegExp(String.raw`${before}BUG: soft lockup detected on CPU#(?<cpu>\d{1,5})!`, "u"),
  // watchdog: Watchdog detected hard LOCKUP on cpu 4
  // watchdog: CPU4: Watchdog detected hard LOCKUP on cpu 4                                 (6.7)
  new RegExp(String.raw`${before}(?<hard>Watchdog detected hard LOCKUP) on cpu (?<cpu>\d{1,5})`, "u"),
  // rcu: INFO: rcu_sched self-detected stall on CPU
  // INFO: rcu_sched self-detected stall on CPU { 3}  (t=60001 jiffies g=1 c=0 q=0)          (until 3.x)
  /^(?:rcu: )?INFO: (?<stall>rcu_[a-z_]{1,20} self-detected stall) on CPU(?: ?\{ ?(?<cpu>\d{1,5}))?/u,
  // rcu: INFO: rcu_preempt detected stalls on CPUs/tasks:
  // rcu: INFO: rcu_preempt detected expedited stalls on CPUs/tasks: { 1-...D } 21 jiffies s: 821 root: 0x2/.
  /^(?:rcu: )?INFO: (?<stall>rcu_[a-z_]{1,20} detected (?:expedited )?stalls) on CPUs\/tasks:/u,
];

/**
 * watchdog_timer_fn() and watchdog_hardlockup_check() (kernel/watchdog.c), print_cpu_stall() and print_other_cpu_stall()
 * (kernel/rcu/tree_stall.h). Where the line names no task, the trace of that CPU below it may.
 */
export function parseLockup(text: string): HangLine | null {
  for (const pattern of patterns) {
    const groups = pattern.exec(text)?.groups;
    if (groups === undefined) continue;
    const { name = null, pid, hard, stall } = groups;
    const cpu = toNumber(groups["cpu"]);
    const seconds = toNumber(groups["seconds"]);
    const where = cpu === null ? null : `CPU ${cpu}`;
    const what = hard === undefined ? stall : "hard LOCKUP";
    const detail =
      what === undefined
        ? `${where} ${seconds === null ? "soft lockup" : `stuck for ${seconds} s`}`
        : [where, what].filter((part) => part !== null).join(" ");
    return {
      form: "hang",
      cpu,
      seconds,
      death: toldDeath("lockup", { pid: toPid(pid), name, isThread: true, detail: toDetail(detail) }),
    };
  }
  return null;
}
