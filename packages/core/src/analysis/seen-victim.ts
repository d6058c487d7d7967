import type { Incident } from "../model/incident.ts";
import type { Process, ProcessSnapshot } from "../model/process-snapshot.ts";
import type { EpochMs } from "../model/units.ts";
import type { SnapshotsAround } from "../model/snapshots-around.ts";
import { commOf, startWallMs } from "./process-identity.ts";

/** Who died, as a ps showed it. */
export interface SeenVictim {
  readonly row: Process;
  /** Host clock. */
  readonly takenAtMs: EpochMs;
}

type Death = Pick<Incident, "victim" | "time" | "utcOffsetS">;

/**
 * The row of the victim in the ps before its death, else in the one after, which may still show what is dying; null
 * where neither does. Pid and name are its own and the uid is no other; a row must have started before the death, and
 * one of a later ps must say so. Without a time of the death nothing tells who had the pid then.
 */
export function seenVictim(death: Death, { before, after }: SnapshotsAround): SeenVictim | null {
  const { atMs, errorS } = death.time;
  if (atMs === null || death.victim.pid === null || death.victim.name === null) return null;
  const errorMs = (errorS ?? 0) * 1000;
  const early = rowIn(death, before, (startMs) => startMs === null || startMs <= atMs + errorMs);
  return early ?? rowIn(death, after, (startMs) => startMs !== null && startMs < atMs - errorMs);
}

/** The login of a uid as one of some snapshots shows it; null where ps had a number only. */
export function userOfUid(uid: number | null, { before, after }: SnapshotsAround): string | null {
  if (uid === null) return null;
  const rows = [...(before?.processes ?? []), ...(after?.processes ?? [])];
  return rows.find((row) => row.uid === uid && row.user !== null && !/^\d+$/u.test(row.user))?.user ?? null;
}

function rowIn(
  { victim, utcOffsetS }: Death,
  snapshot: ProcessSnapshot | null,
  fits: (startMs: EpochMs | null) => boolean,
): SeenVictim | null {
  if (snapshot === null || snapshot.takenAtMs === null) return null;
  const name = victim.name === null ? null : commOf(victim.name);
  const seen = snapshot.processes.find((row) => {
    if (row.pid !== victim.pid || commOf(row.name) !== name) return false;
    if (row.uid !== null && victim.uid !== null && row.uid !== victim.uid) return false;
    const wallMs = startWallMs(row);
    return fits(wallMs === null || utcOffsetS === null ? null : wallMs - utcOffsetS * 1000);
  });
  return seen === undefined ? null : { row: seen, takenAtMs: snapshot.takenAtMs };
}
