import type { Incident } from "../model/incident.ts";

/** Words of a report's gaps by which rows of its table are lost. */
const lostRows = /task table|inside the report/u;
/** So many groups that both tables rank show that they list the same tasks, where no path tells. */
const leastCommon = 2;

/** What tells which tasks a report lists. */
type Table = Pick<Incident, "scope" | "memcg" | "gaps" | "suspects">;

/**
 * Whether two reports list the same tasks, so that their groups may be compared: the kernel lists those that it might
 * have killed, of the machine or of the cgroup whose limit was reached (dump_tasks, mm/oom_kill.c). A table that has
 * lost rows compares with none.
 */
export function listSameTasks(one: Table, other: Table): boolean {
  if ([...one.gaps, ...other.gaps].some((gap) => lostRows.test(gap))) return false;
  return (
    ranOutTogether(one, other) &&
    (one.scope === "system" || isNamedAlike(one, other) || haveCommon(one, other))
  );
}

/** Whether nothing says that two deaths were for the want of different memory: of two cgroups, or of one and the machine. */
export function ranOutTogether(
  one: Pick<Table, "scope" | "memcg">,
  other: Pick<Table, "scope" | "memcg">,
): boolean {
  const [path, otherPath] = [one.memcg?.path ?? null, other.memcg?.path ?? null];
  return one.scope === other.scope && (path === null || otherPath === null || path === otherPath);
}

function isNamedAlike(one: Table, other: Table): boolean {
  const path = one.memcg?.path ?? null;
  return path !== null && path === other.memcg?.path;
}

function haveCommon({ suspects }: Table, other: Table): boolean {
  const others = other.suspects ?? [];
  const common = (suspects ?? []).filter(({ name, uid }) =>
    others.some((group) => group.name === name && group.uid === uid),
  );
  return common.length >= leastCommon;
}
