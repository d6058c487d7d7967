import type { Incident } from "../model/incident.ts";
import type { Process, ProcessSnapshot } from "../model/process-snapshot.ts";
import type { PsHolder } from "../model/ps-holder.ts";
import type { Growth } from "../model/storm.ts";
import type { KiB } from "../model/units.ts";
import { hasGrown } from "./growth.ts";
import { commOf } from "./process-identity.ts";

/** A group that grew by less is nobody who fills a machine. */
const leastGrowthShare = 0.05;

interface Group {
  readonly name: string;
  readonly uid: number | null;
  count: number;
  rssKiB: KiB;
}

/**
 * Who held most by the last ps before a death, grouped by name and uid, and who had grown most since the ps before
 * that. For a log without a task table (vm.oom_dump_tasks=0, a daemon's kill): the kernel's own table is nearer. Null
 * where no ps is proven to come before, or none tells what its processes held.
 */
export function psHolderOf(
  { time }: Pick<Incident, "time">,
  last: ProcessSnapshot | null,
  earlier: ProcessSnapshot | null,
): PsHolder | null {
  const takenAtMs = last?.takenAtMs ?? null;
  if (last === null || takenAtMs === null || time.atMs === null || takenAtMs > time.atMs) return null;
  const groups = groupsOf(last.processes);
  const largest = [...groups.values()].toSorted((a, b) => b.rssKiB - a.rssKiB)[0];
  const allKiB = [...groups.values()].reduce((sum, { rssKiB }) => sum + rssKiB, 0);
  if (largest === undefined || allKiB === 0) return null;
  const overS =
    earlier === null || earlier.takenAtMs === null ? null : (takenAtMs - earlier.takenAtMs) / 1000;
  const before = earlier === null ? new Map<string, Group>() : groupsOf(earlier.processes);
  const [grown] = [...groups]
    .flatMap(([key, { name, uid, rssKiB: toKiB }]): readonly Growth[] => {
      const fromKiB = before.get(key)?.rssKiB ?? 0;
      const isLarge = toKiB - fromKiB >= allKiB * leastGrowthShare;
      return fromKiB > 0 && isLarge && hasGrown({ fromKiB, toKiB })
        ? [{ name, uid, since: "ps", fromKiB, toKiB, overS }]
        : [];
    })
    .toSorted((a, b) => b.toKiB - b.fromKiB - (a.toKiB - a.fromKiB));
  const share = Math.round((largest.rssKiB / allKiB) * 1000) / 1000;
  return { ...largest, share, takenAtMs, grown: grown ?? null };
}

function groupsOf(processes: readonly Process[]): ReadonlyMap<string, Group> {
  const groups = new Map<string, Group>();
  for (const { name, uid, rssKiB } of processes) {
    if (rssKiB === null) continue;
    const key = `${uid ?? ""} ${commOf(name)}`;
    const group = groups.get(key) ?? { name: commOf(name), uid, count: 0, rssKiB: 0 };
    group.count += 1;
    group.rssKiB += rssKiB;
    groups.set(key, group);
  }
  return groups;
}
