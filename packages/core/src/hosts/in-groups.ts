import type { HostTarget } from "../model/host.ts";

/** The same host in these groups, in the order they are given. */
export function inGroups(target: HostTarget, groups: readonly string[]): HostTarget {
  return { ...target, groups };
}
