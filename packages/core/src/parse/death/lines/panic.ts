import type { PanicLine } from "../death-line.ts";

// Kernel panic - not syncing: Attempted to kill init! exitcode=0x00000009
// ---[ end Kernel panic - not syncing: Fatal exception ]---
// Kernel panic: Aiee, killing interrupt handler!                                 (2.4)
const pattern = /^(?:---\[ end )?Kernel panic(?: - not syncing)?: ([^\n]{1,400})/u;

/** panic(), kernel/panic.c. */
export function parsePanic(text: string): PanicLine | null {
  const words = pattern.exec(text)?.[1]?.replace(/ \]---$/u, "");
  return words === undefined ? null : { form: "panic", words };
}
