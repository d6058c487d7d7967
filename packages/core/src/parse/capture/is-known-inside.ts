import { formatTold } from "../kernel-log/detect-format.ts";

/** What the bare lines of a kernel's death begin with, or hold behind a program's name. */
const kernelLine =
  /^\s*(?:Out of memory|Memory cgroup out of memory|Kill(?:ed)? process \d|oom-kill:constraint=|oom_reaper: |INFO: task |BUG: |Linux version \d|.{1,64} invoked oom-killer: |.{1,64}\[\d{1,10}\]: segfault at )/i;
/** Outputs that are read beside logs: the head of ps and top, and what uptime prints. */
const savedOutput =
  /^\s*(?:USER|UID|PID|PPID|F)\s.{0,400}(?:COMMAND|CMD|COMM)|\bload averages?: \d|^\s*\d\d:\d\d:\d\d up /;

/** Whether lines, taken out of a capture, are something that is read: a log in a known form, bare kernel lines, ps. */
export function isKnownInside(lines: readonly string[]): boolean {
  return formatTold(lines) !== null || lines.some((line) => kernelLine.test(line) || savedOutput.test(line));
}
