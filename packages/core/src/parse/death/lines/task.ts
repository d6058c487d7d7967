import { toNumber, toPid } from "../../oom/lines/number.ts";
import type { TaskLine } from "../death-line.ts";
import { comm } from "./comm.ts";

const patterns: readonly RegExp[] = [
  // CPU: 1 PID: 1853 Comm: docker Tainted: G         C    3.16.0-4-amd64 #1 Debian 3.16.7-ckt20-1+deb8u4
  // CPU: 3 UID: 0 PID: 473206 Comm: doxygen Not tainted 6.12.1-arch1-1 #1                       (UID since 6.11)
  // CPU: 0 PID: 963 Comm: system_main_thr  4.4.94+ #1108
  new RegExp(
    String.raw`^CPU: (?<cpu>\d{1,5}) (?:UID: \d{1,10} )?PID: (?<pid>\d{1,10}) Comm: (?<name>${comm}?)(?= (?:Kdump: loaded )?(?:Not t|T)ainted|  ?\d{1,2}\.\d)`,
    "su",
  ),
  // Pid: 33825, comm: rsync Not tainted 2.6.32-358.23.2.el6.x86_64 #1                            (until 3.8)
  // Pid: 4, comm:             events/0 Not tainted 2.6.20                                        (until 2.6.29)
  new RegExp(String.raw`^Pid: (?<pid>\d{1,10}), comm: {1,20}(?<name>${comm}?)(?= (?:Not t|T)ainted)`, "su"),
  // Process insmod (pid: 1063, stack limit = 0xc7f2a268)                                         (i386 until 3.x, arm)
  // Process reader (pid: 812, threadinfo ffff88003d9c2000, task ffff88003da1c040)                (x86_64)
  new RegExp(String.raw`^Process (?<name>${comm}) \(pid: (?<pid>\d{1,10}),`, "su"),
  // note: reader[812] exited with preempt_count 1
  new RegExp(String.raw`^note: (?<name>${comm})\[(?<pid>\d{1,10})\] exited with `, "su"),
];

/** dump_stack_print_info() (lib/dump_stack.c), __show_regs(), and do_exit()'s or make_task_dead()'s note (kernel/exit.c). */
export function parseTask(text: string): TaskLine | null {
  for (const pattern of patterns) {
    const groups = pattern.exec(text)?.groups;
    if (groups === undefined) continue;
    const { name = "", pid, cpu } = groups;
    return { form: "task", cpu: toNumber(cpu), pid: toPid(pid), name };
  }
  return null;
}
