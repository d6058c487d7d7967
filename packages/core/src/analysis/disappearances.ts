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
  const spanOf = (row: Process): Span => {
    const ageS = ageOf(row);
    const fromMs = before.takenAtMs;
    const startMs = ageS === null || fromMs === null ? null : fromMs - ageS * 1000;
    return { startMs, fromMs, toMs: after.takenAtMs };
  };
  const expected = before.processes.filter(
    (row) =>
      isWatched(row) || ((ageOf(row) ?? 0) >= leastAgeS && staysRunning(row, (pid) => earlier.get(pid))),
  );
  const gone = expected.filter((row) => !stayed(row));
  const isGone = new Set(gone);
  const deathsOf = Map.groupBy(deaths, ({ victim }) => victim.pid);
  const commands = new Set(after.processes.map(commandOf));
  const fresh = after.processes.filter((row) => {
    const was = earlier.get(row.pid);
    return was === undefined || !isSame(was, row);
  });
  const heirs = heirsOf(gone, fresh);
  const fateOf = (row: Process): Fate => {
    const death = deathsOf.get(row.pid)?.find((one) => explains(one, row, spanOf(row)));
    if (death !== undefined) return { kind: "killed", incident: death.id };
    const heir = heirs.get(row);
    if (heir !== undefined) return { kind: "restarted", pid: heir.pid };
    const parent = row.ppid === null ? undefined : earlier.get(row.ppid);
    const isWorker = parent !== undefined && parent.name === row.name && stayed(parent);
    if (isWorker || commands.has(commandOf(row))) return { kind: "reduced" };
    if (parent !== undefined && isGone.has(parent)) return { kind: "with-parent", pid: parent.pid };
    return { kind: "gone" };
  };
  const found = gone.map((row) => ({ process: row, ageS: ageOf(row), fate: fateOf(row) }));
  const unexplained = found.filter(({ fate }) => fate.kind === "gone" || fate.kind === "with-parent").length;
  const isOtherView = unexplained >= leastForView && unexplained * 2 > expected.length;
  return isOtherView ? found.filter(({ process }) => isWatched(process)) : found;
}

/**
 * A death of the same pid: of any name in the time between the two ps (a kernel line may name a thread), of the same
 * name since the process started, for ps may still show what is being killed.
 */
function explains({ time, victim }: KnownDeath, { name }: Process, span: Span): boolean {
  const { atMs, errorS } = time;
  const isNamed = victim.name === name;
  if (atMs === null || span.fromMs === null || span.toMs === null) return isNamed;
  const reachMs = (errorS ?? 0) * 1000 + slackMs;
  const fromMs = isNamed ? (span.startMs ?? span.fromMs) : span.fromMs;
  return fromMs - reachMs <= atMs && atMs <= span.toMs + reachMs;
}

/** When a process was started, seen last, and missed; host clock. */
interface Span {
  readonly startMs: EpochMs | null;
  readonly fromMs: EpochMs | null;
  readonly toMs: EpochMs | null;
}

/** For each process that is gone one new process: of the same command line first, then of the same name and user. */
function heirsOf(gone: readonly Process[], fresh: readonly Process[]): ReadonlyMap<Process, Process> {
  const heirs = new Map<Process, Process>();
  const taken = new Set<Process>();
  for (const keyOf of [commandOf, namesakeOf]) {
    const free = Map.groupBy(
      fresh.filter((row) => !taken.has(row)),
      keyOf,
    );
    for (const row of gone) {
      const heir = heirs.has(row) ? undefined : free.get(keyOf(row))?.pop();
      if (heir === undefined) continue;
      heirs.set(row, heir);
      taken.add(heir);
    }
  }
  return heirs;
}

function namesakeOf({ name, uid, user }: Process): string {
  return JSON.stringify([name, uid, user]);
}

function commandOf(row: Process): string {
  return JSON.stringify([namesakeOf(row), row.args]);
}
