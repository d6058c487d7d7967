import type { Sighting } from "@inquest/core";
import type { FirstSight } from "./save-sighting.ts";
import { saveSighting } from "./save-sighting.ts";
import type { Sql } from "./sql.ts";
import type { SavedVisit } from "./store.ts";

/** Writes what one visit or one saved log tells of deaths, and counts the incidents it made and met. */
export function saveSightings(sql: Sql, first: FirstSight, sightings: readonly Sighting[]): SavedVisit {
  const created = new Set<string>();
  const known = new Set<string>();
  for (const sighting of inKeyOrder(sightings)) {
    const { id, isNew, merged } = saveSighting(sql, first, sighting);
    for (const gone of merged) {
      created.delete(gone);
      known.delete(gone);
    }
    if (isNew) created.add(id);
    else if (!created.has(id)) known.add(id);
  }
  return { newIncidents: created.size, knownIncidents: known.size };
}

/** In the order of their keys: writers that meet take their rows in one order, and a repeat gives the same ids. */
export function inKeyOrder(sightings: readonly Sighting[]): readonly Sighting[] {
  return sightings.toSorted((one, other) => (sortKey(one) < sortKey(other) ? -1 : 1));
}

function sortKey({ keys, incident }: Sighting): string {
  return keys.toSorted()[0] ?? incident.id;
}
