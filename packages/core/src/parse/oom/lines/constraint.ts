import type { OomScope, OomSelected } from "../../../model/oom-report.ts";
import { toNumber, toPid } from "./number.ts";

/** The one-line summary of Linux 5.0 and newer: whom the kernel chose, and what had run out. */
export interface ConstraintLine {
  readonly kind: "constraint";
  readonly constraint: string | null;
  readonly scope: OomScope | null;
  /** `oom_memcg=`: the cgroup whose limit was hit. */
  readonly oomMemcg: string | null;
  readonly selected: OomSelected;
}

const scopes = new Map<string, OomScope>([
  ["CONSTRAINT_CPUSET", "cpuset"],
  ["CONSTRAINT_MEMORY_POLICY", "mempolicy"],
  ["CONSTRAINT_MEMCG", "memcg"],
  ["CONSTRAINT_NONE", "system"],
]);

// oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=/,mems_allowed=0,oom_memcg=/a,task_memcg=/a/b,task=java,pid=7134,uid=1000
const pattern = /^oom-kill:constraint=([A-Z_]{1,40}),(.*),task=(.{0,64}),pid=(\d{1,10}),uid=(\d{1,10})\s*$/su;

/** dump_oom_summary(), mm/oom_kill.c. Read from both ends: names and paths may hold commas and equal signs. */
export function parseConstraint(text: string): ConstraintLine | null {
  const found = pattern.exec(text);
  const pid = toPid(found?.[4]);
  if (found === null || pid === null) return null;
  const [, constraint = "", middle = "", name = "", , uid] = found;
  const taskAt = middle.lastIndexOf(",task_memcg=");
  const memcgAt = middle.lastIndexOf(",oom_memcg=", taskAt === -1 ? undefined : taskAt);
  const oomMemcg =
    memcgAt === -1 ? null : middle.slice(memcgAt + ",oom_memcg=".length, taskAt === -1 ? undefined : taskAt);
  return {
    kind: "constraint",
    constraint,
    // Early 5.0 says CONSTRAINT_NONE of a memory cgroup too.
    scope: oomMemcg !== null ? "memcg" : (scopes.get(constraint) ?? null),
    oomMemcg,
    selected: {
      pid,
      name,
      uid: toNumber(uid),
      score: null,
      taskMemcg: taskAt === -1 ? null : middle.slice(taskAt + ",task_memcg=".length),
    },
  };
}
