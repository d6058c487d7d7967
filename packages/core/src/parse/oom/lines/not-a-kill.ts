import type { OomScope } from "../../../model/oom-report.ts";
import { toPid } from "./number.ts";
import { scopeOfPrefix } from "./scope.ts";

/** Lines that look like a kill and are none: already exiting, would have killed. */
export interface NotAKillLine {
  readonly kind: "already-exiting" | "would-have-killed";
  readonly pid: number;
  readonly name: string;
  readonly scope: OomScope | null;
}

// Out of memory: OOM victim 1234 (java) is already exiting. Skip killing the task        (since 5.9)
const exiting =
  /^(?:([A-Z][^:]{0,60}): )?OOM victim (\d{1,10}) \((.{0,64})\) is already exiting\. Skip killing/su;
// Would have killed process 1234 (java). But continuing instead.                         (RHEL 6, vm.would_have_oomkilled)
const would =
  /^(?:([A-Z][^:]{0,60}): )?Would have killed process (\d{1,10}) \((.{0,64})\)\. But continuing/su;

/** oom_kill_process(), mm/oom_kill.c, and Red Hat's sysctl. */
export function parseNotAKill(text: string): NotAKillLine | null {
  for (const [kind, pattern] of [
    ["already-exiting", exiting],
    ["would-have-killed", would],
  ] as const) {
    const [, prefix, digits, name = ""] = pattern.exec(text) ?? [];
    const pid = toPid(digits);
    if (pid !== null) return { kind, pid, name, scope: scopeOfPrefix(prefix) };
  }
  return null;
}
