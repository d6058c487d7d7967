import type { Incident } from "../model/incident.ts";
import type { SnapshotsAround } from "../model/snapshots-around.ts";
import type { EpochMs } from "../model/units.ts";
import { findDisappearances } from "./disappearances.ts";
import type { Disappearance } from "./disappearances.ts";
import { seenVictim } from "./seen-victim.ts";

/** What has become of a victim by the next ps, its own death put aside. */
export interface VictimFate {
  /** `there`: the ps still shows the process itself. */
  readonly fate: Disappearance["fate"] | { readonly kind: "there" };
  /** Host clock. */
  readonly seenMs: EpochMs;
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
  return { fate: gone?.fate ?? { kind: "there" }, seenMs: after.takenAtMs };
}
