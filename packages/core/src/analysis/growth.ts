import type { Incident } from "../model/incident.ts";
import type { Growth, Storm } from "../model/storm.ts";
import { secondsBetween } from "./storms.ts";
import { heldKiB } from "./suspects.ts";

/** Less is noise: caches and heaps breathe. */
const leastRatio = 1.5;

/**
 * Who grew most, in KiB, from the first report of a storm that lists it to the last; null where nobody grew by half.
 * Only the largest groups of each report are known: one that came up from nothing is not seen.
 */
export function largestGrowth({ deaths }: Pick<Storm, "deaths">): Growth | null {
  const first = new Map<string, { readonly incident: Incident; readonly kiB: number }>();
  let best: Growth | null = null;
  for (const incident of deaths) {
    for (const suspect of incident.suspects ?? []) {
      const { name, uid } = suspect;
      const toKiB = heldKiB(suspect);
      const key = `${uid ?? ""} ${name}`;
      const before = first.get(key);
      if (before === undefined) first.set(key, { incident, kiB: toKiB });
      else if (hasGrown({ fromKiB: before.kiB, toKiB }) && toKiB - before.kiB > sizeOf(best))
        best = {
          name,
          uid,
          since: "report",
          fromKiB: before.kiB,
          toKiB,
          overS: secondsBetween(before.incident, incident),
        };
    }
  }
  return best;
}

/** Whether a group holds half as much again as before. */
export function hasGrown({ fromKiB, toKiB }: Pick<Growth, "fromKiB" | "toKiB">): boolean {
  return toKiB >= fromKiB * leastRatio;
}

function sizeOf(growth: Growth | null): number {
  return growth === null ? 0 : growth.toKiB - growth.fromKiB;
}
