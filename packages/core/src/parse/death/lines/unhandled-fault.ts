import { toNumber, toPid } from "../../oom/lines/number.ts";
import type { CrashLine } from "../death-line.ts";
import { toDetail, toldDeath } from "../told-death.ts";
import { comm } from "./comm.ts";

const head = String.raw`^(?<name>${comm})\[(?<pid>\d{1,10})\]: `;
const fault = String.raw`unhandled [a-z0-9 -]{2,60} \((?<signal>\d{1,2})\) at 0x[0-9a-f]{1,16}`;
const patterns: readonly RegExp[] = [
  // reader[812]: unhandled level 2 translation fault (11) at 0x00000010, esr 0x92000006                (arm64 until 4.14)
  new RegExp(String.raw`${head}(?<words>${fault})`, "su"),
  // reader[812]: unhandled exception: DABT (lower EL), ESR 0x0000000092000005, level 1 translation fault in reader[…]
  new RegExp(String.raw`${head}(?<words>unhandled exception: [^\n]{1,160})`, "su"),
  // reader[812]: unhandled signal 11 code 0x1 at 0x0000000000000010 in reader[10000+1000]               (riscv)
  // reader[812]: unhandled signal 11 at 00000010 nip 10000594 lr 1000058c code 1                       (powerpc until 4.19)
  new RegExp(
    String.raw`${head}(?<words>unhandled signal (?<signal>\d{1,2})(?: code 0x[0-9a-f]{1,8})? at (?:0x)?[0-9a-f]{1,16})`,
    "su",
  ),
  // reader: unhandled page fault (11) at 0x00000010, code 0x817                                        (arm, no pid)
  new RegExp(String.raw`^(?<name>${comm}): (?<words>${fault})`, "su"),
  // do_page_fault(): sending SIGSEGV to reader for invalid read access from 00000010                   (mips, no pid)
  new RegExp(
    String.raw`^do_page_fault\(\)(?: #\d{1,8})?: (?<words>sending SIGSEGV to (?<name>${comm}) for invalid (?:read|write) access (?:from|to) [0-9a-f]{1,16})`,
    "su",
  ),
];

/**
 * arm64_show_signal() (arch/arm64/kernel/traps.c), __do_user_fault() (arch/arm/mm/fault.c), do_trap()
 * (arch/riscv/kernel/traps.c), show_signal_msg() (arch/powerpc), __do_page_fault() (arch/mips/mm/fault.c).
 */
export function parseUnhandledFault(text: string): CrashLine | null {
  for (const pattern of patterns) {
    const groups = pattern.exec(text)?.groups;
    if (groups === undefined) continue;
    const { name = null, words = "" } = groups;
    const isFault = /SIGSEGV|(?:translation|permission|page) fault/u.test(words);
    const signal = toNumber(groups["signal"]) ?? (isFault ? 11 : null);
    return {
      form: "crash",
      isAudit: false,
      signal,
      death: toldDeath(signal === 11 ? "segfault" : "signal", {
        pid: toPid(groups["pid"]),
        name,
        isThread: true,
        detail: toDetail(words),
      }),
    };
  }
  return null;
}
