import type { Incident, IncidentKind } from "@inquest/core";
import { formatCount } from "./quantity.ts";

/** What went by in a list of incidents, counted as it went. */
export interface IncidentTally {
  /** All of them, whatever their kind. */
  readonly incidents: number;
  /** Confirmed kills, by the kernel or from user space. */
  readonly kills: number;
  readonly unconfirmed: number;
  readonly others: ReadonlyMap<IncidentKind, number>;
  readonly hosts: ReadonlySet<string>;
  /** Times that matched a window only because they are less certain than it is wide. */
  readonly overlapping: number;
}

/** Counts incidents while somebody else prints them; the tally is complete when they have all gone by. */
export function tallyIncidents(): {
  readonly tally: () => IncidentTally;
  readonly count: (incident: Incident, overlaps: boolean) => void;
} {
  let [incidents, kills, unconfirmed, overlapping] = [0, 0, 0, 0];
  const others = new Map<IncidentKind, number>();
  const hosts = new Set<string>();
  return {
    tally: () => ({ incidents, kills, unconfirmed, others, hosts, overlapping }),
    count: ({ kind, confirmed, host }, overlaps) => {
      incidents += 1;
      hosts.add(host);
      if (overlaps) overlapping += 1;
      if (kind !== "oom-kill" && kind !== "oomd-kill") others.set(kind, (others.get(kind) ?? 0) + 1);
      else if (confirmed) kills += 1;
      else unconfirmed += 1;
    },
  };
}

/** What a list adds up to: `51 kills, 1 unconfirmed, on 3 hosts`. */
export function formatTotals({ kills, unconfirmed, others, hosts }: IncidentTally): string {
  return [
    ...(kills + unconfirmed > 0 ? [formatCount(kills, "kill")] : []),
    ...(unconfirmed > 0 ? [`${unconfirmed} unconfirmed`] : []),
    ...[...others].map(([kind, count]) => `${count} ${kind}`),
    `on ${formatCount(hosts.size, "host")}`,
  ].join(", ");
}
