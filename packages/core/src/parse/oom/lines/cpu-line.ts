import { toPid } from "./number.ts";

/** Pid and name of the task that ran when a stack was dumped, and the kernel it ran on. */
export interface CpuLine {
  readonly kind: "cpu";
  readonly pid: number | null;
  readonly name: string;
  readonly kernel: string | null;
}

// Pid: 33825, comm: rsync Not tainted 2.6.32-358.23.2.el6.x86_64 #1                       (until 3.8)
// CPU: 3 UID: 0 PID: 473206 Comm: doxygen Tainted: G  OE  6.12.1-arch1-1 #1               (UID since 6.11)
const pattern =
  /^(?:CPU: \d{1,5} (?:UID: \d{1,10} )?PID|Pid): (\d{1,10}),? [Cc]omm: (.{0,40}?) (?:Kdump: loaded )?(?:Not t|T)ainted:?(.{0,300})$/su;

/** dump_stack_print_info(), lib/dump_stack.c; print_modules' taint letters come in every fashion. */
export function parseCpuLine(text: string): CpuLine | null {
  const found = pattern.exec(text);
  if (found === null) return null;
  const [, pid, name = "", rest = ""] = found;
  return {
    kind: "cpu",
    pid: toPid(pid),
    name: name.trim(),
    kernel: /(?:^|\s)(\d{1,3}\.\d{1,3}\S{0,80})/.exec(rest)?.[1] ?? null,
  };
}
