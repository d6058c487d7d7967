import type { CrashLine } from "../death-line.ts";
import { toDetail, toldDeath } from "../told-death.ts";

const patterns: readonly RegExp[] = [
  // mce: [Hardware Error]: CPU 0: Machine Check Exception: 5 Bank 4: b200000000070f0f
  // [Hardware Error]: CPU 1: Machine Check Exception: 4 Bank 5: be00000000800400                (2.6.33 to 3.x)
  /^(?:mce: )?(?:\[Hardware Error\]: )?(CPU \d{1,5}: Machine Check Exception: [^\n]{1,160})/u,
  // mce: Uncorrected hardware memory error in user-access at 3f8c1a40
  /^mce: (Uncorrected hardware memory error in user-access at [0-9a-f]{1,16})/u,
  // {1}[Hardware Error]: event severity: fatal
  /^\{\d{1,6}\}\[Hardware Error\]: (event severity: fatal)/u,
];

/**
 * print_mce() (arch/x86/kernel/cpu/mce/core.c), which says "Exception" only of what was not survived, kill_me_maybe()
 * beside it, and cper_estatus_print() (drivers/firmware/efi/cper.c). No process is named here: the line that kills one,
 * or the panic, takes such a death over. What was corrected, and what BERT tells of an earlier boot, is no death.
 */
export function parseMachineCheck(text: string): CrashLine | null {
  for (const pattern of patterns) {
    const words = pattern.exec(text)?.[1];
    if (words === undefined) continue;
    return {
      form: "crash",
      isAudit: false,
      signal: 7,
      death: toldDeath("hw-memory", { detail: toDetail(words) }),
    };
  }
  return null;
}
