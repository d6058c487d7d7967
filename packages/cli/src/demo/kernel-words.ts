import type { Pages, Seconds } from "@inquest/core";

/** One row of a task table that a demo kernel prints. */
export interface DemoTask {
  readonly pid: number;
  readonly uid: number;
  readonly vmPages: Pages;
  readonly rssPages: Pages;
  readonly name: string;
}

/** One kill that a demo kernel reports. */
export interface DemoKill {
  /** printk seconds since boot of its first line. */
  readonly stampS: Seconds;
  readonly trigger: { readonly pid: number; readonly name: string };
  readonly selected: DemoTask;
  /** Null: the ring buffer ends before the death line. */
  readonly victim: DemoTask | null;
  readonly tasks: readonly DemoTask[];
  /** Path of the cgroup whose limit was hit; null: the whole machine ran out. */
  readonly memcg: string | null;
}

const kiB = (pages: Pages): number => pages * 4;
const pad = (value: number | string, width: number): string => String(value).padStart(width);

/** Lines one after the other, as a slow console spaces them, with printk's own prefix. */
export function stamped(stampS: Seconds, texts: readonly string[], gapS: Seconds = 0.008): readonly string[] {
  return texts.map((text, at) => `[${pad((stampS + at * gapS).toFixed(6), 12)}] ${text}`);
}

/** What Linux 2.6.32 of the RHEL 6 era prints for one kill (mm/oom_kill.c there, with Red Hat's UID on the kill line). */
export function words2632(kill: DemoKill, release: string): readonly string[] {
  const { trigger, selected, victim, tasks, memcg } = kill;
  const scope = memcg === null ? "Out of memory" : "Memory cgroup out of memory";
  return stamped(kill.stampS, [
    `${trigger.name} invoked oom-killer: gfp_mask=0x${memcg === null ? "201da" : "d0"}, order=0, oom_adj=0, oom_score_adj=0`,
    `${trigger.name} cpuset=${memcg ?? "/"} mems_allowed=0-1`,
    `Pid: ${trigger.pid}, comm: ${trigger.name} Not tainted ${release} #1`,
    "Call Trace:",
    " [<ffffffff8111cf10>] ? oom_kill_process+0x250/0x390",
    ...(memcg === null
      ? [
          "Mem-Info:",
          "Node 0 Normal: 921*4kB 80*8kB 3*16kB = 4372kB",
          "Free swap  = 0kB",
          "Total swap = 1999864kB",
          "33554416 pages RAM",
        ]
      : [
          `Task in ${memcg} killed as a result of limit of ${memcg}`,
          "memory: usage 8388608kB, limit 8388608kB, failcnt 402318",
          "memory+swap: usage 8388608kB, limit 9007199254740991kB, failcnt 0",
        ]),
    "[ pid ]   uid  tgid total_vm      rss cpu oom_adj oom_score_adj name",
    ...tasks.map(
      ({ pid, uid, vmPages, rssPages, name }) =>
        `[${pad(pid, 5)}] ${pad(uid, 5)} ${pad(pid, 5)} ${pad(vmPages, 8)} ${pad(rssPages, 8)} ${pad(pid % 32, 3)}       0             0 ${name}`,
    ),
    `${scope}: Kill process ${selected.pid} (${selected.name}) score ${score(selected, tasks)} or sacrifice child`,
    ...(victim === null
      ? []
      : [
          `Killed process ${victim.pid}, UID ${victim.uid}, (${victim.name}) total-vm:${kiB(victim.vmPages)}kB, anon-rss:${kiB(victim.rssPages) - 700}kB, file-rss:700kB`,
        ]),
  ]);
}

/** What Linux 6.8 prints for one kill inside a memory cgroup (dump_header and __oom_kill_process, mm/oom_kill.c). */
export function words68(kill: DemoKill, release: string): readonly string[] {
  const { trigger, selected, victim, tasks, memcg } = kill;
  const task = `task_memcg=${memcg ?? "/"},task=${selected.name},pid=${selected.pid},uid=${selected.uid}`;
  return stamped(
    kill.stampS,
    [
      `${trigger.name} invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0`,
      `CPU: 3 PID: ${trigger.pid} Comm: ${trigger.name} Not tainted ${release} #1`,
      "Call Trace:",
      " <TASK>",
      " dump_header+0x4a/0x220",
      "memory: usage 4194304kB, limit 4194304kB, failcnt 18442",
      "swap: usage 0kB, limit 0kB, failcnt 0",
      `Memory cgroup stats for ${memcg ?? "/"}:`,
      "Tasks state (memory values in pages):",
      "[  pid  ]   uid  tgid total_vm      rss rss_anon rss_file rss_shmem pgtables_bytes swapents oom_score_adj name",
      ...tasks.map(
        ({ pid, uid, vmPages, rssPages, name }) =>
          `[${pad(pid, 7)}] ${pad(uid, 5)} ${pad(pid, 5)} ${pad(vmPages, 8)} ${pad(rssPages, 8)} ${pad(rssPages - 60, 8)} ${pad(60, 8)} ${pad(0, 9)} ${pad(rssPages * 9, 8)} ${pad(0, 8)} ${pad(0, 13)} ${name}`,
      ),
      `oom-kill:constraint=${memcg === null ? "CONSTRAINT_NONE" : "CONSTRAINT_MEMCG"},nodemask=(null),cpuset=/,mems_allowed=0,${memcg === null ? "global_oom" : `oom_memcg=${memcg}`},${task}`,
      ...(victim === null
        ? []
        : [
            `${memcg === null ? "Out" : "Memory cgroup out"} of memory: Killed process ${victim.pid} (${victim.name}) total-vm:${kiB(victim.vmPages)}kB, anon-rss:${kiB(victim.rssPages - 60)}kB, file-rss:240kB, shmem-rss:0kB, UID:${victim.uid} pgtables:${Math.ceil((victim.rssPages * 9) / 1024)}kB oom_score_adj:0`,
            `oom_reaper: reaped process ${victim.pid} (${victim.name}), now anon-rss:0kB, file-rss:0kB, shmem-rss:0kB`,
          ]),
    ],
    0.000_02,
  );
}

/** Permille of the table's memory, as oom_badness() counts it since 2.6.36. */
function score({ rssPages }: DemoTask, tasks: readonly DemoTask[]): number {
  const all = tasks.reduce((sum, task) => sum + task.rssPages, 0);
  return all === 0 ? 0 : Math.round((1000 * rssPages) / all);
}
