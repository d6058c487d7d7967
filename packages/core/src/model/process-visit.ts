import { isReadState } from "./host-result.ts";
import type { ProcessSnapshot } from "./process-snapshot.ts";
import type { EpochMs } from "./units.ts";
import type { Visit, VisitRecord } from "./visit.ts";

/** A visit whose log was read, and whose ps is whole and has a time. */
export interface ProcessVisit {
  readonly visit: Visit;
  readonly snapshot: ProcessSnapshot & { readonly takenAtMs: EpochMs };
}

/** A visit as far as its processes go, or null where its ps is not to be relied on: cut off, timed out, without a time. */
export function processVisitOf({
  visit,
  snapshot,
}: Pick<VisitRecord, "visit" | "snapshot">): ProcessVisit | null {
  if (snapshot === null || !isReadState(visit.state)) return null;
  const { takenAtMs, processes } = snapshot;
  const isBroken = visit.complaints.some((complaint) => complaint.startsWith("ps:"));
  return takenAtMs === null || isBroken ? null : { visit, snapshot: { takenAtMs, processes } };
}
