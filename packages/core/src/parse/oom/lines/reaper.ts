import { toPid } from "./number.ts";

/** What became of a victim after the kill line. */
export interface ReaperLine {
  readonly kind: "reaper";
  readonly pid: number;
  /** Its memory is free: that task is dead for all that matters. False: the reaper could not get at it. */
  readonly isDead: boolean;
}

const patterns: readonly (readonly [pattern: RegExp, isDead: boolean])[] = [
  // oom_reaper: reaped process 473206 (doxygen), now anon-rss:0kB, file-rss:0kB, shmem-rss:0kB
  [/^oom_reaper: reaped process (\d{1,10}) \(/, true],
  // OOM killed process npm (pid=2946, ve=317592) exited, free=210311, gen=7.                      OpenVZ
  [/^OOM killed process .{0,64} \(pid=(\d{1,10}), ve=\d{1,10}\) exited, free=/su, true],
  // oom_reaper: unable to reap pid:4015 (python)
  [/^oom_reaper: unable to reap pid:(\d{1,10}) \(/, false],
  // oom killer 4015 (python) has mm pinned by 4020 (worker)
  [/^oom killer (\d{1,10}) \(.{0,64}\) has mm pinned by /su, false],
];

/** oom_reap_task() and oom_reap_task_mm(), mm/oom_kill.c, since 4.6; OpenVZ's oom_kill.c. */
export function parseReaper(text: string): ReaperLine | null {
  for (const [pattern, isDead] of patterns) {
    const pid = toPid(pattern.exec(text)?.[1]);
    if (pid !== null) return { kind: "reaper", pid, isDead };
  }
  return null;
}
