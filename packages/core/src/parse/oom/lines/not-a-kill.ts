import { toPid } from "./number.ts";

/** Lines that look like a kill and are none: already exiting, would have killed. */
export interface NotAKillLine {
  readonly kind: "already-exiting" | "would-have-killed";
  readonly pid: number;
}

// Out of memory: OOM victim 1234 (java) is already exiting. Skip killing the task        (since 5.9)
const exiting = /OOM victim (\d{1,10}) \(.{0,64}\) is already exiting\. Skip killing/su;
// Would have killed process 1234 (java). But continuing instead.                         (RHEL 6, vm.would_have_oomkilled)
const would = /^(?:.{0,60}: )?Would have killed process (\d{1,10}) \(/su;

/** oom_kill_process(), mm/oom_kill.c, and Red Hat's sysctl. */
export function parseNotAKill(text: string): NotAKillLine | null {
  for (const [kind, pattern] of [
    ["already-exiting", exiting],
    ["would-have-killed", would],
  ] as const) {
    const pid = toPid(pattern.exec(text)?.[1]);
    if (pid !== null) return { kind, pid };
  }
  return null;
}
