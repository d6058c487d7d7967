import type { Incident } from "../model/incident.ts";
import type { ProcessSnapshot } from "../model/process-snapshot.ts";
import type { SnapshotsAround } from "../model/snapshots-around.ts";
import type { EpochMs } from "../model/units.ts";
import { findDisappearances } from "./disappearances.ts";
import type { Disappearance } from "./disappearances.ts";
import { startJitterMs, startWallMs } from "./process-identity.ts";
import { seenVictim } from "./seen-victim.ts";

/** What has become of a victim by the next ps, its own death put aside. */
export interface VictimFate {
  /** `there`: the ps still shows the process itself. */
  readonly fate: Disappearance["fate"] | { readonly kind: "there" };
  /** Host clock. */
  readonly seenMs: EpochMs;
  /** When what runs in its place was started, host clock; null: nothing does, or that ps does not tell. */
  readonly againMs: EpochMs | null;
}

/** Whether the victim runs again, judged by the ps on both sides of its death; null where they do not tell. */
export function victimFate(
  death: Pick<Incident, "victim" | "time" | "utcOffsetS">,
  { before, after }: SnapshotsAround,
): VictimFate | null {
  const row = seenVictim(death, { before, after: null })?.row;
  if (row === undefined || before === null || after === null || after.takenAtMs === null) return null;
  const time = { utcOffsetS: death.utcOffsetS, clockMovedMs: 0 };
  const gone = findDisappearances(before, after, [], time, (one) => one === row).find(
    (one) => one.process === row,
  );
  const fate = gone?.fate ?? { kind: "there" };
  return { fate, seenMs: after.takenAtMs, againMs: startOf(fate, after, death) };
}

/** Of the process that runs in the place of one that died. One that is older than the death was no restart of it. */
function startOf(
  fate: VictimFate["fate"],
  { processes }: ProcessSnapshot,
  { time, utcOffsetS }: Pick<Incident, "time" | "utcOffsetS">,
): EpochMs | null {
  if (fate.kind !== "restarted" || utcOffsetS === null) return null;
  const heir = processes.find(({ pid }) => pid === fate.pid);
  const wallMs = heir === undefined ? null : startWallMs(heir);
  if (wallMs === null || time.atMs === null) return null;
  const startMs = wallMs - utcOffsetS * 1000;
  return startMs + (time.errorS ?? 0) * 1000 + startJitterMs < time.atMs ? null : startMs;
}
