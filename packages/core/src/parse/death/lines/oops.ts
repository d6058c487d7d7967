import type { OopsLine } from "../death-line.ts";

const beginnings: readonly RegExp[] = [
  // BUG: unable to handle kernel NULL pointer dereference at 0000000000000078                 (until 5.0)
  // BUG: unable to handle page fault for address: ffffffffc0a81000
  // BUG: kernel NULL pointer dereference, address: 0000000000000008                           (5.1)
  // BUG: Kernel NULL pointer dereference on read at 0x00000000                                (powerpc)
  // BUG: stack guard page was hit at ffffc90000f5bff8 (stack is ffffc90000f5c000..ffffc90000f5ffff)
  /^BUG: (?:unable to handle |[Kk]ernel (?:NULL pointer|mode )|Unable to handle |stack guard page was hit)[^\n]{0,200}/u,
  // Unable to handle kernel paging request at virtual address ffff800010a81000                (arm, arm64, mips, powerpc)
  /^(?:CPU \d{1,5} )?Unable to handle kernel [^\n]{1,200}/u,
  // kernel BUG at fs/ext4/inode.c:2721!
  /^[Kk]ernel BUG at [^\n]{1,200}/u,
];
// Oops: 0000 [#1] SMP          divide error: 0000 [#1] SMP          Internal error: Oops: 96000004 [#1] PREEMPT SMP
// general protection fault, probably for non-canonical address 0xdead000000000100: 0000 [#1]
// Oops: Kernel access of bad area, sig: 11 [#1]                                               (powerpc)
const numbered = /^([A-Za-z][^\n[]{1,240}?) ?\[#\d{1,6}\]/u;
/** What stands before the number of an oops, so that "[#1]" elsewhere is not taken for one. */
const dies = /^(?:Oops|Internal error)\b|(?:: [0-9a-f]{1,16}|, sig: \d{1,2}| ilc:\d)$/u;

/**
 * __show_fault_oops() (arch/x86/mm/fault.c), __warn_printf() and report_bug() (lib/bug.c), __die() of each
 * architecture. "BUG:" of other kinds (scheduling while atomic, Bad page state, KASAN) kills nobody by itself.
 */
export function parseOops(text: string): OopsLine | null {
  for (const beginning of beginnings) {
    const words = beginning.exec(text)?.[0];
    if (words !== undefined) return { form: "oops", words };
  }
  const words = numbered.exec(text)?.[1];
  return words !== undefined && dies.test(words) ? { form: "oops", words } : null;
}
