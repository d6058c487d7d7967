import type { ProcessSnapshot } from "./process-snapshot.ts";

/** The processes of a host on both sides of a time; null: no ps there. */
export interface SnapshotsAround {
  readonly before: ProcessSnapshot | null;
  readonly after: ProcessSnapshot | null;
}
