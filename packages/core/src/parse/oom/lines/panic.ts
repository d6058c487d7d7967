/** The kernel found nobody to kill, or was told not to: it says so, or stops. */
export interface PanicLine {
  readonly kind: "panic";
  /** True for the panic itself, which is a death of its own; false for the line that announces it. */
  readonly isPanic: boolean;
}

// Out of memory and no killable processes...                     a plain line since 5.0, the panic's words before
const announced = /^Out of memory and no killable processes/;
// Kernel panic - not syncing: System is deadlocked on memory
// Kernel panic - not syncing: Out of memory: system-wide panic_on_oom is enabled
// Kernel panic - not syncing: out of memory. panic_on_oom is selected                        (2.6.18 to 2.6.35)
const panic =
  /^Kernel panic - not syncing: (?:System is deadlocked on memory|Out of memory|out of memory(?:\.| from page fault))/;

/** out_of_memory() and check_panic_on_oom(), mm/oom_kill.c. */
export function parsePanic(text: string): PanicLine | null {
  if (announced.test(text)) return { kind: "panic", isPanic: false };
  return panic.test(text) ? { kind: "panic", isPanic: true } : null;
}
