/** What a line with a sign means for the passage it stands in. */
export type SignRole =
  /** A dump begins, which is long: the passage goes on until it ends. */
  | "opens"
  /** Whom the killer chose: the death itself comes in a moment. */
  | "announces"
  /** A death: the dump is over, what belongs to it stands before. */
  | "closes"
  /** A trace follows, which may name the task. */
  | "traces"
  /** The line tells something by itself; the next few may belong to it. */
  | "tells";

/** A byte string one of which stands in every line that tells of a death, of a boot, or of lost lines. */
export interface Sign {
  readonly text: string;
  readonly role: SignRole;
}

/** dump_header() and dump_tasks(), mm/oom_kill.c; the name before "invoked" may be cut off. */
const opens = ["oom-killer: gfp", "d total_vm"];

/** dump_oom_summary() and oom_kill_process() before 5.1. */
const announces = ["oom-kill:constraint", "ill process "];

/** "Killed process", "OOM killed process", "VM: killing process": __oom_kill_process() and its forerunners. */
const closes = ["illed process ", "killing process ", "have killed"];

const tellsOfKiller = [
  "sharing same memory",
  "already exiting",
  "oom_reaper: ",
  "oom killer ",
  "oom.group set",
  " exited, free=",
  "no killable",
  "Manual OOM",
];

/** Deaths of one line: parse/death/lines. */
const tellsOfDeath = [
  "segfault at ",
  "segfault (",
  // "traps: a[7] trap int3 ip:…": "] trap " alone is too short.
  ...["al", "bo", "co", "de", "di", "fp", "in", "ma", "ov", "pa", "se", "si", "st", "un", "x8"].map(
    (start) => `] trap ${start}`,
  ),
  "general protection",
  "control protection",
  ": unhandled ",
  "sending SIGSEGV",
  "type=1701",
  "ANOM_ABEND",
  "type=1326",
  "type=SECCOMP",
  "SECCOMP auid=",
  "hardware memory",
  "corrupted page",
];

/** Crashes and hangs that the kernel prints a trace of: parse/death/lines. */
const traces = [
  "fatal signal",
  "Machine Check Exception",
  "severity: fatal",
  " blocked for more than ",
  " blocked in I/O wait",
  " blocked on a",
  "soft lockup",
  "hard LOCKUP",
  "detected stall",
  "expedited stall",
  "self-detected",
  "BUG: unable",
  "BUG: Unable",
  "BUG: kernel ",
  "BUG: Kernel ",
  "BUG: stack guard",
  "ernel BUG at",
  "ernel bug detected",
  "nable to handle",
  "Internal error",
  "divide error",
  ": 0000 [#",
  "Oops: 000",
  "Oops: 001",
  "Oops: Kernel access",
  "Oops: Exception",
  "Oops: Machine",
  // RISC-V, MIPS: "Oops [#1]", "Oops[#1]:", "Oops - illegal instruction [#1]".
  ...["1", "2", "3", "4", "5", "6", "7", "8", "9"].flatMap((count) => [
    `Oops [#${count}]`,
    `Oops[#${count}]:`,
  ]),
  "Oops - bad",
  "Oops - break",
  "Oops - env",
  "Oops - ill",
  "Oops - ins",
  "Oops - load",
  "Oops - store",
  "Oops - und",
  "Oops - unk",
  "ernel panic",
  "not syncing",
  "[ end trace",
];

/** Killers in user space, Android's, and what PID 1 says of its units. */
const tellsOfUserKill = [
  "lowmemorykiller",
  "send sigkill",
  "Killing '",
  " to free ",
  "sending SIGTERM",
  "sending SIGKILL",
  "Killing process",
  "killing whole process group",
  "escalating to SIG",
  " exited after ",
  "did not exit",
  "kill failed: ",
  "dryrun, not",
  "low memory! at",
  "Out of memory! avail",
  "due to memory ",
  "oomd kill: ",
  "systemd-oomd killed",
  "by the OOM killer",
  "oom-kill'",
  "code=killed",
  "code=dumped",
  "core-dump'",
  "result 'signal'",
  "dumped core",
  "terminated abnormally",
  "Process Core Dump",
];

/** Boots and their ends, and lines that own up to what was lost or is told again. */
const tellsOfLog = [
  "Linux version ",
  "Restarting system",
  "reboot: Power",
  "reboot: System",
  "PM: suspend e",
  "messages dropped",
  "previous printk",
  " kernel messages",
  "messages lost",
  "imuxsock lost",
  "buffer overrun",
  // journalctl -o json writes a message of odd bytes as their numbers.
  '"MESSAGE":[',
  '"MESSAGE" : [',
];

/**
 * All signs. None stands in ordinary lines, for each costs a decoded passage; and none is shorter than nine bytes, for
 * the shortest decides how fast the others are found.
 */
export const signs: readonly Sign[] = [
  ...opens.map((text): Sign => ({ text, role: "opens" })),
  ...announces.map((text): Sign => ({ text, role: "announces" })),
  ...closes.map((text): Sign => ({ text, role: "closes" })),
  ...traces.map((text): Sign => ({ text, role: "traces" })),
  ...[...tellsOfKiller, ...tellsOfDeath, ...tellsOfUserKill, ...tellsOfLog].map((text): Sign => ({
    text,
    role: "tells",
  })),
];
