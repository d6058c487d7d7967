import type { Pressure } from "../../../model/oom-report.ts";
import type { MemcgUsage } from "../lines/memcg.ts";
import type { Circumstances } from "./circumstances.ts";

/** Only these, once full, call the OOM killer: a full swap limit alone lets pages stay in memory. */
const killing: readonly MemcgUsage["counter"][] = ["memory", "memory+swap", "kmem"];

/** A memory cgroup was at its limit: the counter that is full, else the cgroup, else the kernel's words. */
export function limitOf({ scope, memcgUsages, memcgPath, said }: Circumstances): Pressure | null {
  if (scope !== "memcg") return null;
  const full = killing.map((counter) => memcgUsages.find((usage) => usage.counter === counter)).find(isFull);
  const usage = full ?? memcgUsages.find(({ counter }) => counter === "memory");
  if (usage !== undefined && usage.usageKiB !== null) {
    const most = usage.limitKiB === null ? "no limit of its own" : `limit ${usage.limitKiB} KiB`;
    return { class: "limit", evidence: `${usage.counter}: usage ${usage.usageKiB} KiB of ${most}` };
  }
  return { class: "limit", evidence: memcgPath === null ? said : `limit of ${memcgPath}` };
}

/** The last pages may be uncharged again before the block is printed. */
const fullShare = 0.98;

function isFull(usage: MemcgUsage | undefined): boolean {
  const { usageKiB = null, limitKiB = null } = usage ?? {};
  return usageKiB !== null && limitKiB !== null && usageKiB >= limitKiB * fullShare;
}
