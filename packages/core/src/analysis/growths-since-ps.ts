import type { Incident } from "../model/incident.ts";
import type { ProcessSnapshot } from "../model/process-snapshot.ts";
import type { Growth } from "../model/storm.ts";
import type { KiB } from "../model/units.ts";
import { commOf } from "./process-identity.ts";

/**
 * How the suspects of a death grew since the ps before it, in the order of its suspects: rss summed over name and uid
 * on both sides. Null where that ps shows no such process, not all of their memory, or is not proven to come before.
 */
export function growthsSincePs(
  { suspects, time }: Pick<Incident, "suspects" | "time">,
  before: ProcessSnapshot | null,
): readonly (Growth | null)[] {
  const takenAtMs = before?.takenAtMs ?? null;
  const { atMs } = time;
  return (suspects ?? []).map(({ name, uid, rssKiB }) => {
    if (before === null || takenAtMs === null || atMs === null || takenAtMs > atMs) return null;
    const fromKiB = heldIn(before, name, uid);
    if (fromKiB === null || fromKiB === 0 || rssKiB === null) return null;
    return { name, uid, since: "ps", fromKiB, toKiB: rssKiB, overS: (atMs - takenAtMs) / 1000 };
  });
}

function heldIn({ processes }: ProcessSnapshot, name: string, uid: number | null): KiB | null {
  const alike = processes.filter((row) => commOf(row.name) === commOf(name) && row.uid === uid);
  if (alike.length === 0) return null;
  return alike.reduce<KiB | null>(
    (sum, { rssKiB }) => (sum === null || rssKiB === null ? null : sum + rssKiB),
    0,
  );
}
