import { toPid } from "./number.ts";

/** The reaper freed a victim's memory: that task is dead for all that matters. */
export interface ReaperLine {
  readonly kind: "reaper";
  readonly pid: number;
}

// oom_reaper: reaped process 473206 (doxygen), now anon-rss:0kB, file-rss:0kB, shmem-rss:0kB
/** oom_reap_task_mm(), mm/oom_kill.c, since 4.6. */
export function parseReaper(text: string): ReaperLine | null {
  const pid = toPid(/^oom_reaper: reaped process (\d{1,10}) \(/.exec(text)?.[1]);
  return pid === null ? null : { kind: "reaper", pid };
}
