import type { EpochMs, Incident, SnapshotsAround } from "@inquest/core";
import type { Store } from "@inquest/store";

/** The snapshots of a host, and between which times they are those on both sides. */
interface Kept {
  readonly fromMs: EpochMs;
  readonly toMs: EpochMs;
  readonly around: SnapshotsAround;
}

/**
 * Finds the ps on both sides of a death, of one without a time those around its first sight. The last ones of each
 * host are kept: the deaths of a storm have the same.
 */
export function snapshotFinder(store: Store): (incident: Incident) => Promise<SnapshotsAround> {
  const keptByHost = new Map<string, Kept>();
  return async ({ host, time, firstSeenMs }) => {
    const atMs = time.atMs ?? firstSeenMs;
    const kept = keptByHost.get(host);
    if (kept !== undefined && kept.fromMs <= atMs && atMs < kept.toMs) return kept.around;
    const around = await store.snapshotsAround(host, atMs);
    const { before, after } = around;
    // A ps without a time of its own stands where its visit does, which is not told here.
    const fromMs = before === null ? -Infinity : (before.takenAtMs ?? atMs);
    const toMs = after === null ? Infinity : (after.takenAtMs ?? atMs);
    keptByHost.set(host, { fromMs, toMs, around });
    return around;
  };
}
