import type { Incident } from "../model/incident.ts";
import type { Growth } from "../model/storm.ts";
import type { Suspect } from "../model/suspect.ts";
import { listSameTasks } from "./same-tasks.ts";
import { secondsBetween } from "./storms.ts";
import { heldKiB } from "./suspects.ts";

/** Less is noise: caches and heaps breathe. */
const leastRatio = 1.5;

/**
 * How the suspects of each death of a storm grew since the first other report of the storm that lists them among the
 * same tasks: by the id of the incident, in the order of its suspects; null where there is none. Shrinking is told too.
 * Only the largest groups of each report are known: one that came up from nothing is not seen.
 */
export function suspectGrowths(deaths: readonly Incident[]): ReadonlyMap<string, readonly (Growth | null)[]> {
  const earlier = new Map<string, Listed[]>();
  return new Map(
    deaths.map((incident) => [
      incident.id,
      (incident.suspects ?? []).map((suspect) => {
        const key = `${suspect.uid ?? ""} ${suspect.name}`;
        const known = earlier.get(key);
        const before = known?.find((one) => isOtherReport(one.incident, incident));
        if (before !== undefined) return growthSince(before, incident, suspect);
        if (known === undefined) earlier.set(key, [{ incident, suspect }]);
        else known.push({ incident, suspect });
        return null;
      }),
    ]),
  );
}

/** Who grew most over the deaths of a storm, by half at least; null where nobody did. */
export function largestGrowth(deaths: readonly Incident[]): Growth | null {
  const grown = [...suspectGrowths(deaths).values()]
    .flat()
    .filter((growth) => growth !== null)
    .filter(hasGrown);
  const [largest] = grown.toSorted((a, b) => b.toKiB - b.fromKiB - (a.toKiB - a.fromKiB));
  return largest ?? null;
}

/** Whether a group holds half as much again as before. */
export function hasGrown({ fromKiB, toKiB }: Pick<Growth, "fromKiB" | "toKiB">): boolean {
  return toKiB >= fromKiB * leastRatio;
}

interface Listed {
  readonly incident: Incident;
  readonly suspect: Suspect;
}

function isOtherReport(before: Incident, incident: Incident): boolean {
  const isOne = incident.reportId !== null && before.reportId === incident.reportId;
  return !isOne && listSameTasks(before, incident);
}

function growthSince(
  { incident: before, suspect: less }: Listed,
  incident: Incident,
  suspect: Suspect,
): Growth | null {
  const [fromKiB, toKiB] = [heldKiB(less), heldKiB(suspect)];
  if (fromKiB === null || fromKiB === 0 || toKiB === null) return null;
  const { name, uid } = suspect;
  return { name, uid, since: "report", fromKiB, toKiB, overS: secondsBetween(before, incident) };
}
