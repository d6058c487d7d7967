import type { Incident } from "../model/incident.ts";
import type { Process, ProcessSnapshot } from "../model/process-snapshot.ts";
import type { EpochMs, Millis, Seconds } from "../model/units.ts";
import { staysRunning } from "./stays-running.ts";
import { byPid, isSameProcess, startWallMs } from "./process-identity.ts";

/** Younger processes come and go. */
const leastAgeS: Seconds = 86_400;
/** Stamps and ps are read off the same clock; a death is dated with an error of its own besides. */
const slackMs: Millis = 60_000;
/** Where more of the long-lived ones are gone than stayed, the two ps did not see the same: hidepid, another login. */
const leastForView = 4;

/** A death that is known of a host, as far as it explains why a process is gone. */
export type KnownDeath = Pick<Incident, "id" | "time" | "victim">;

/** Why a process of the earlier ps is not in the later one. */
type Fate =
  /** A death that is known. */
  | { readonly kind: "killed"; readonly incident: string }
  /** The same command runs again, or its like, since. */
  | { readonly kind: "restarted"; readonly pid: number }
  /** Others of its kind go on: a pool has become smaller, or a worker of a parent that is there. */
  | { readonly kind: "reduced" }
  /** So is its parent, which has a fate of its own. */
  | { readonly kind: "with-parent"; readonly pid: number }
  /** Nothing explains it. */
  | { readonly kind: "gone" };

/** A long-lived process that one ps of a boot showed and the next did not. */
export interface Disappearance {
  readonly process: Process;
  /** Age at the earlier ps; null: ps did not tell. */
  readonly ageS: Seconds | null;
  readonly fate: Fate;
}

/** How the times of a host's ps are to be read. */
export interface HostTime {
  readonly utcOffsetS: Seconds | null;
  /** By how much its clock was set between the two ps. */
  readonly clockMovedMs: Millis;
}

/**
 * What has become of the processes of one ps that the next of the same boot does not show any more: those older than a
 * day that are expected to stay, and those that are watched, however young. `deaths` are those known of the host.
 */
export function findDisappearances(
  before: ProcessSnapshot,
  after: ProcessSnapshot,
  deaths: readonly KnownDeath[],
  { utcOffsetS, clockMovedMs }: HostTime,
  isWatched: (row: Process) => boolean,
): readonly Disappearance[] {
  const isSame = (one: Process, other: Process): boolean => isSameProcess(one, other, clockMovedMs);
  const [earlier, later] = [byPid(before), byPid(after)];
  const stayed = (row: Process): boolean => {
    const now = later.get(row.pid);
    return now !== undefined && isSame(row, now);
  };
  const ageOf = (row: Process): Seconds | null => {
    const startMs = startWallMs(row);
    if (startMs === null || before.takenAtMs === null || utcOffsetS === null) return null;
    const ageS = (before.takenAtMs + utcOffsetS * 1000 - startMs) / 1000;
    return ageS < 0 ? null : ageS;
  };
  const expected = before.processes.filter(
    (row) =>
      isWatched(row) || ((ageOf(row) ?? 0) >= leastAgeS && staysRunning(row, (pid) => earlier.get(pid))),
  );
  const gone = expected.filter((row) => !stayed(row));
  const fresh = after.processes.filter((row) => {
    const was = earlier.get(row.pid);
    return was === undefined || !isSame(was, row);
  });
  const heirs = heirsOf(gone, fresh);
  const fateOf = (row: Process): Fate => {
    const death = deaths.find((one) => explains(one, row, before.takenAtMs, after.takenAtMs));
    if (death !== undefined) return { kind: "killed", incident: death.id };
    const heir = heirs.get(row);
    if (heir !== undefined) return { kind: "restarted", pid: heir.pid };
    const parent = row.ppid === null ? undefined : earlier.get(row.ppid);
    const isWorker = parent !== undefined && parent.name === row.name && stayed(parent);
    if (isWorker || after.processes.some((other) => isLike(row, other))) return { kind: "reduced" };
    if (parent !== undefined && gone.includes(parent)) return { kind: "with-parent", pid: parent.pid };
    return { kind: "gone" };
  };
  const found = gone.map((row) => ({ process: row, ageS: ageOf(row), fate: fateOf(row) }));
  const unexplained = found.filter(({ fate }) => fate.kind === "gone" || fate.kind === "with-parent").length;
  const isOtherView = unexplained >= leastForView && unexplained * 2 > expected.length;
  return isOtherView ? found.filter(({ process }) => isWatched(process)) : found;
}

/** The same pid in the time between; where a death has no time, its name has to tell too. */
function explains(
  { time, victim }: KnownDeath,
  { pid, name }: Process,
  fromMs: EpochMs | null,
  toMs: EpochMs | null,
): boolean {
  if (victim.pid !== pid) return false;
  const { atMs, errorS } = time;
  if (atMs === null || fromMs === null || toMs === null) return victim.name === name;
  const reachMs = (errorS ?? 0) * 1000 + slackMs;
  return fromMs - reachMs <= atMs && atMs <= toMs + reachMs;
}

/** For each process that is gone one new process: of the same command line first, then of the same name and user. */
function heirsOf(gone: readonly Process[], fresh: readonly Process[]): ReadonlyMap<Process, Process> {
  const heirs = new Map<Process, Process>();
  const free = new Set(fresh);
  for (const isHeir of [isLike, isNamesake]) {
    for (const row of gone) {
      if (heirs.has(row)) continue;
      const heir = [...free].find((other) => isHeir(row, other));
      if (heir === undefined) continue;
      heirs.set(row, heir);
      free.delete(heir);
    }
  }
  return heirs;
}

function isNamesake(one: Process, other: Process): boolean {
  return one.name === other.name && one.uid === other.uid && one.user === other.user;
}

function isLike(one: Process, other: Process): boolean {
  return isNamesake(one, other) && one.args === other.args;
}
