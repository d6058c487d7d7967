/** All tasks of a cgroup are about to be killed: several victims in one report. */
export interface GroupKillLine {
  readonly kind: "group-kill";
  readonly path: string;
}

// Tasks in /kubepods/pod1 are going to be killed due to memory.oom.group set
/** mem_cgroup_print_oom_group(), mm/memcontrol.c, since 4.19. */
export function parseGroupKill(text: string): GroupKillLine | null {
  const path = /^Tasks in (.{1,4096}) are going to be killed due to memory\.oom\.group set/su.exec(text)?.[1];
  return path === undefined ? null : { kind: "group-kill", path };
}
