import type { FailedState } from "@inquest/core";
import { foldHosts } from "@inquest/core";

/** Hosts that said the same. */
export interface Gathered {
  readonly hosts: readonly string[];
  readonly bytes: Buffer;
  /** Why there may be more that we have not; null: it is all. */
  readonly cutBy: FailedState | null;
}

/** Most hosts first, then by name: what is common is read once, what differs stands below it. */
export function sortGathered(groups: readonly Gathered[]): readonly Gathered[] {
  const named = groups.map((group) => ({ group, name: foldHosts(group.hosts) }));
  return named
    .toSorted((a, b) => b.group.hosts.length - a.group.hosts.length || (a.name < b.name ? -1 : 1))
    .map(({ group }) => group);
}

/** The line above what hosts said alike: `web[01-03] (3):`. */
export function formatGatherHeader({ hosts, cutBy }: Gathered): string {
  return `${foldHosts(hosts)} (${hosts.length}${cutBy === null ? "" : `, cut off: ${cutBy}`}):\n`;
}
