import { isKernels } from "../../model/kernel-record.ts";
import type { KernelRecord } from "../../model/kernel-record.ts";
import type { DeathLine } from "./death-line.ts";
import { parseAudit } from "./lines/audit.ts";
import { parseEarlyoomKill, parseEarlyoomWord } from "./lines/earlyoom.ts";
import { parseFacebookOomd } from "./lines/facebook-oomd.ts";
import { parseFatalSignal } from "./lines/fatal-signal.ts";
import { parseHungTask, parseOwner } from "./lines/hung-task.ts";
import { parseLockup } from "./lines/lockup.ts";
import { parseLowmemorykiller, parseLowmemorykillerMore } from "./lines/lowmemorykiller.ts";
import { parseMachineCheck } from "./lines/machine-check.ts";
import { parseMemoryFailure } from "./lines/memory-failure.ts";
import { parseOops } from "./lines/oops.ts";
import { parsePanic } from "./lines/panic.ts";
import { parseSegfault } from "./lines/segfault.ts";
import { parseSystemdOomd } from "./lines/systemd-oomd.ts";
import { parseCoreDump, parseSystemdUnit } from "./lines/systemd-unit.ts";
import { parseTask } from "./lines/task.ts";
import { parseTrace } from "./lines/trace.ts";
import { parseTrap } from "./lines/trap.ts";
import { parseUnhandledFault } from "./lines/unhandled-fault.ts";
import { speakerOf } from "./speaker.ts";
import type { Speaker } from "./speaker.ts";

/** One kind of line: a sign that is cheap to look for, then the one function that reads it. */
interface LineKind {
  readonly sign: string;
  readonly parse: (text: string) => DeathLine | null;
}

/** Lines of the kernel. A further kind is one row here and one file. */
const kernelKinds: readonly LineKind[] = [
  { sign: ": segfault ", parse: parseSegfault },
  { sign: " error:", parse: parseTrap },
  { sign: ": unhandled ", parse: parseUnhandledFault },
  { sign: "sending SIGSEGV", parse: parseUnhandledFault },
  { sign: "unexpected fatal signal", parse: parseFatalSignal },
  { sign: "type=1701 audit(", parse: parseAudit },
  { sign: "type=1326 audit(", parse: parseAudit },
  { sign: "Memory failure: ", parse: parseMemoryFailure },
  { sign: "MCE", parse: parseMemoryFailure },
  { sign: "Machine Check Exception: ", parse: parseMachineCheck },
  { sign: "hardware memory error", parse: parseMachineCheck },
  { sign: "event severity: fatal", parse: parseMachineCheck },
  { sign: "INFO: task ", parse: parseHungTask },
  { sign: "INFO: task ", parse: parseOwner },
  { sign: "soft lockup", parse: parseLockup },
  { sign: "hard LOCKUP", parse: parseLockup },
  { sign: "INFO: rcu_", parse: parseLockup },
  { sign: "Kernel panic", parse: parsePanic },
  { sign: "BUG", parse: parseOops },
  { sign: "Unable to handle kernel ", parse: parseOops },
  { sign: "[#", parse: parseOops },
  { sign: "omm: ", parse: parseTask },
  { sign: "Process ", parse: parseTask },
  { sign: "note: ", parse: parseTask },
  { sign: "+0x", parse: parseTrace },
  { sign: "---[ end trace", parse: parseTrace },
  { sign: "Code: ", parse: parseTrace },
  { sign: "lowmemorykiller: Kill", parse: parseLowmemorykiller },
  { sign: "send sigkill to ", parse: parseLowmemorykiller },
  { sign: "to free ", parse: parseLowmemorykillerMore },
  { sign: " is below ", parse: parseLowmemorykillerMore },
  { sign: "Free memory is ", parse: parseLowmemorykillerMore },
];

/** All signs of `kernelKinds`, for one look at each of the many lines that tell of no death. */
const kernelSign =
  /: segfault | error:|: unhandled |sending SIGSEGV|unexpected fatal|type=1(?:701|326) audit|Memory failure: |MCE|Machine Check|hardware memory|severity: fatal|INFO: (?:task |rcu_)|soft lockup|hard LOCKUP|Kernel panic|BUG|Unable to handle|\[#|omm: |Process |note: |\+0x|---\[ end|Code: |lowmemorykiller: |send sigkill|to free | is below |Free memory/;

const spokenKinds: Readonly<Record<Speaker, readonly LineKind["parse"][]>> = {
  audit: [parseAudit],
  earlyoom: [(text) => parseEarlyoomKill(text, true), parseEarlyoomWord],
  oomd: [parseFacebookOomd],
  "systemd-oomd": [parseSystemdOomd],
  systemd: [parseSystemdUnit],
  "systemd-coredump": [parseCoreDump],
  lmkd: [parseLowmemorykiller],
};

/** What is unmistakable where no carrier says who wrote it: a program's saved output, or words put into /dev/kmsg. */
const untaggedKinds: readonly LineKind[] = [
  { sign: "sending SIG", parse: (text) => parseEarlyoomKill(text, false) },
  { sign: "Killing process", parse: (text) => parseEarlyoomKill(text, false) },
  { sign: "low memory! ", parse: parseEarlyoomWord },
  { sign: "Out of memory! avail", parse: parseEarlyoomWord },
  { sign: "escalating to SIGKILL", parse: parseEarlyoomWord },
  { sign: "process ", parse: parseEarlyoomWord },
  { sign: "kill failed: ", parse: parseEarlyoomWord },
  { sign: "dryrun, ", parse: parseEarlyoomWord },
  { sign: "due to memory ", parse: parseSystemdOomd },
  { sign: "oomd kill: ", parse: parseFacebookOomd },
  { sign: "type=ANOM_ABEND", parse: parseAudit },
  { sign: "type=SECCOMP", parse: parseAudit },
];

/** All signs of `untaggedKinds`. */
const untaggedSign =
  /sending SIG|Killing process|low memory! |Out of memory! avail|escalating to|process |kill failed: |dryrun, |due to memory |oomd kill: |type=(?:ANOM_ABEND|SECCOMP)/;

/** Nothing that is read stands farther back in a line: a path is at most 4096 bytes, twice that in hex. */
const longestText = 17_000;

/** What a record says of a death outside OOM reports, or null. Only the kernel's own records speak for the kernel. */
export function classifyLine(record: KernelRecord): DeathLine | null {
  const spoken = speakerOf(record);
  if (spoken !== null) {
    const text = spoken.text.slice(0, longestText);
    for (const parse of spokenKinds[spoken.speaker]) {
      const line = parse(text);
      if (line !== null) return line;
    }
    return null;
  }
  if (record.tag !== null) return null;
  const text = record.text.length > longestText ? record.text.slice(0, longestText) : record.text;
  const own = isKernels(record) && kernelSign.test(text) ? firstOf(kernelKinds, text) : null;
  if (own !== null) return isQuoted(own, record) ? null : own;
  return record.facility !== 0 && untaggedSign.test(text) ? firstOf(untaggedKinds, text) : null;
}

function firstOf(kinds: readonly LineKind[], text: string): DeathLine | null {
  for (const { sign, parse } of kinds) {
    const line = text.includes(sign) ? parse(text) : null;
    if (line !== null) return line;
  }
  return null;
}

/** "logger[77]: java[5]: segfault at …": a program that quotes the kernel, where no carrier says who wrote it. */
function isQuoted(line: DeathLine, { facility }: KernelRecord): boolean {
  return (
    facility === null && line.form === "crash" && /^[\w.@/-]{1,15}\[\d{1,10}\]: /u.test(line.death.name ?? "")
  );
}
