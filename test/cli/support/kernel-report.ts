/** A row of a task table. */
export type TaskRow = readonly [pid: number, uid: number, pages: number, name: string, swapents?: number];

/** A report of the OOM killer; `dead` is one of its rows, or was. */
export interface ReportText {
  readonly stampS: number;
  /** None: as vm.oom_dump_tasks=0 has it. */
  readonly rows: readonly TaskRow[];
  readonly dead: TaskRow;
  /** The cgroup whose limit was reached; left out: the machine. */
  readonly limited?: string;
  /** Who asked for the page. */
  readonly trigger?: string;
  /** False: its last line, of who died, is missing. */
  readonly isTold?: boolean;
}

/** As Linux prints it since 5.0. */
export function kernelReport(report: ReportText): string {
  const { rows, dead, limited, stampS, trigger = "backupd", isTold = true } = report;
  const [pid, uid, pages, name] = dead;
  const what = limited === undefined ? "Out of memory" : "Memory cgroup out of memory";
  const of = limited === undefined ? "CONSTRAINT_NONE,nodemask=(null)" : "CONSTRAINT_MEMCG,nodemask=(null)";
  const whose = limited === undefined ? "global_oom" : `oom_memcg=${limited}`;
  const head =
    rows.length === 0
      ? []
      : [
          "Tasks state (memory values in pages):",
          "[  pid  ]   uid  tgid total_vm      rss pgtables_bytes swapents oom_score_adj name",
        ];
  const lines = [
    `${trigger} invoked oom-killer: gfp_mask=0x100cca(GFP_HIGHUSER_MOVABLE), order=0, oom_score_adj=0`,
    ...head,
    ...rows.map(([one, by, rss, who, swapents = 0]) =>
      [
        `[${column(one, 7)}]`,
        column(by, 5),
        column(one, 5),
        column(rss * 2, 8),
        column(rss, 8),
        column(61_440, 8),
        column(swapents, 8),
        column(0, 13),
        who,
      ].join(" "),
    ),
    `oom-kill:constraint=${of},cpuset=/,mems_allowed=0,${whose},task_memcg=/app,task=${name},pid=${pid},uid=${uid}`,
    ...(isTold
      ? [
          `${what}: Killed process ${pid} (${name}) total-vm:${pages * 8}kB, anon-rss:${pages * 4 - 40}kB, file-rss:40kB, shmem-rss:0kB, UID:${uid} pgtables:60kB oom_score_adj:0`,
        ]
      : []),
  ];
  return stamped(lines, stampS);
}

/** As Linux 2.6.32 prints it. */
export function oldKernelReport({ rows, dead, limited, stampS }: ReportText): string {
  const [pid, uid, pages, name] = dead;
  const what = limited === undefined ? "Out of memory" : "Memory cgroup out of memory";
  return stamped(
    [
      "backupd invoked oom-killer: gfp_mask=0xd0, order=0, oom_adj=0, oom_score_adj=0",
      "[ pid ]   uid  tgid total_vm      rss cpu oom_adj oom_score_adj name",
      ...rows.map(([one, by, rss, who]) =>
        [
          `[${column(one, 5)}]`,
          column(by, 5),
          column(one, 5),
          column(rss * 2, 8),
          column(rss, 8),
          "  0       0             0",
          who,
        ].join(" "),
      ),
      `${what}: Kill process ${pid} (${name}) score 700 or sacrifice child`,
      `Killed process ${pid}, UID ${uid}, (${name}) total-vm:${pages * 8}kB, anon-rss:${pages * 4 - 40}kB, file-rss:40kB`,
    ],
    stampS,
  );
}

function column(value: number, width: number): string {
  return String(value).padStart(width);
}

function stamped(lines: readonly string[], fromS: number): string {
  return lines.map((line, at) => `[${(fromS + at / 1e6).toFixed(6)}] ${line}\n`).join("");
}
