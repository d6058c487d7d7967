/** Somebody asked for a kill by hand: no memory need have been short. */
export interface ManualLine {
  readonly kind: "manual";
}

// sysrq: Manual OOM execution;  SysRq : Manual OOM execution (until 4.13)
const pattern = /^(?:sysrq: )?(?:SysRq : )?Manual OOM execution/i;

/** sysrq_handle_moom(), drivers/tty/sysrq.c: printed before the report, by another task. */
export function parseManual(text: string): ManualLine | null {
  return pattern.test(text) ? { kind: "manual" } : null;
}
