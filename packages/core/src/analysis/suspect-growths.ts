import type { Incident } from "../model/incident.ts";
import type { Growth, Storm } from "../model/storm.ts";
import { secondsBetween } from "./storms.ts";
import { heldKiB } from "./suspects.ts";

/**
 * How the suspects of each death of a storm grew since the first other report of the storm that lists them: by the id
 * of the incident, in the order of its suspects; null where no earlier report lists the group. Shrinking is told too.
 */
export function suspectGrowths({
  deaths,
}: Pick<Storm, "deaths">): ReadonlyMap<string, readonly (Growth | null)[]> {
  const first = new Map<string, { readonly incident: Incident; readonly kiB: number }>();
  const growths = new Map<string, readonly (Growth | null)[]>();
  for (const incident of deaths) {
    const grown = (incident.suspects ?? []).map((suspect) => {
      const { name, uid } = suspect;
      const toKiB = heldKiB(suspect);
      const key = `${uid ?? ""} ${name}`;
      const before = first.get(key);
      if (before === undefined) first.set(key, { incident, kiB: toKiB });
      if (before === undefined || before.kiB === 0) return null;
      const isOneReport = incident.reportId !== null && before.incident.reportId === incident.reportId;
      return isOneReport
        ? null
        : {
            name,
            uid,
            since: "report" as const,
            fromKiB: before.kiB,
            toKiB,
            overS: secondsBetween(before.incident, incident),
          };
    });
    growths.set(incident.id, grown);
  }
  return growths;
}
