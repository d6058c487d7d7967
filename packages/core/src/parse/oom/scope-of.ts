import type { OomScope } from "../../model/oom-report.ts";
import type { DraftReport } from "./draft-report.ts";

/** The most particular word wins: a cgroup or cpuset named by the summary, then the prefixes. */
export function scopeOf({ scope, kills, memcgPath, memcgUsages }: DraftReport): OomScope | null {
  if (scope !== null && scope !== "system") return scope;
  const fromKill = kills[0]?.scope ?? null;
  if (fromKill !== null && fromKill !== "system") return fromKill;
  if (memcgPath !== null || memcgUsages.length > 0) return "memcg";
  return scope ?? fromKill;
}
