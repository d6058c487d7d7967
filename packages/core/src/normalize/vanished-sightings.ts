import { findDisappearances } from "../analysis/disappearances.ts";
import type { Disappearance, KnownDeath } from "../analysis/disappearances.ts";
import { byPid, isSameProcess } from "../analysis/process-identity.ts";
import type { IncidentKind } from "../model/incident.ts";
import type { Process } from "../model/process-snapshot.ts";
import { processVisitOf } from "../model/process-visit.ts";
import type { ProcessVisit } from "../model/process-visit.ts";
import type { Millis } from "../model/units.ts";
import type { Sighting, VisitRecord } from "../model/visit.ts";
import { between, vanishedSighting } from "./vanished-sighting.ts";
import { vanishedWords } from "./vanished-words.ts";
import { answersTo, missingNames, shownName } from "./watched-names.ts";

/** Kinds of incident after which a process is gone. */
const mortal: ReadonlySet<IncidentKind> = new Set<IncidentKind>([
  "oom-kill",
  "oomd-kill",
  "segfault",
  "trap",
  "signal",
  "seccomp",
  "hw-memory",
]);

/** An incident of the host, as far as it tells what became of a process. */
type KnownIncident = KnownDeath & { readonly kind: IncidentKind };

/**
 * A visit with the processes that vanished before it among its sightings. `before`: the latest visit with a whole ps,
 * null: none. `incidents`: those of the host that are known besides the visit's own.
 */
export function withVanished(
  record: VisitRecord,
  before: ProcessVisit | null,
  incidents: readonly KnownIncident[],
): VisitRecord {
  const now = processVisitOf(record);
  if (now === null) return record;
  const known = [...incidents, ...record.sightings.map(({ incident }) => incident)];
  return { ...record, sightings: [...record.sightings, ...vanishedSightings(now, before, known)] };
}

/**
 * Processes that are gone since the visit before, though nothing explains it: no death that is known, no restart, no
 * reboot; and watched names at the first visit that misses them, be it after a reboot.
 */
function vanishedSightings(
  now: ProcessVisit,
  before: ProcessVisit | null,
  known: readonly KnownIncident[],
): readonly Sighting[] {
  const missing = missingNames(now);
  const unseen = missing
    .filter((name) => before === null || !isToldBefore(before, name))
    .flatMap((name) => absence(now, name, known) ?? []);
  if (before === null || before.snapshot.takenAtMs >= now.snapshot.takenAtMs) return unseen;
  const isMissing = (row: Process): boolean => missing.some((name) => answersTo(row, name));
  const isOneBoot = areOneBoot(before, now);
  const deaths = known.filter(({ kind }) => mortal.has(kind));
  const time = { utcOffsetS: now.visit.utcOffsetS, clockMovedMs: clockMovedMs(before, now) };
  const found = findDisappearances(before.snapshot, now.snapshot, deaths, time, isMissing);
  const gone = found.filter(({ process, fate }) =>
    isOneBoot ? isGone(fate.kind, isMissing(process)) : fate.kind !== "killed" && isMissing(process),
  );
  // Of several that a watched name stood for the oldest tells of it.
  const watched = new Set<string>();
  const told = gone
    .toSorted((a, b) => (b.ageS ?? 0) - (a.ageS ?? 0))
    .filter(({ process: row }) => {
      const isFirst = !isMissing(row) || !watched.has(row.name);
      if (isMissing(row)) watched.add(row.name);
      return isFirst;
    });
  const children = childrenOf(found);
  return [...told.map((one) => goneSighting(before, now, one, children, isOneBoot)), ...unseen];
}

/** How many went with each parent. */
function childrenOf(found: readonly Disappearance[]): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const { fate } of found)
    if (fate.kind === "with-parent") counts.set(fate.pid, (counts.get(fate.pid) ?? 0) + 1);
  return counts;
}

/** The visit before has told of the name's absence already, or its ps shows the process that is gone now. */
function isToldBefore({ visit, snapshot }: ProcessVisit, name: string): boolean {
  return visit.watch.includes(name) || snapshot.processes.some((row) => answersTo(row, name));
}

function isGone(fate: Disappearance["fate"]["kind"], isWatched: boolean): boolean {
  return fate === "gone" || (isWatched && fate !== "killed");
}

/** One boot id, and the same init: a container may start anew under a kernel that goes on. */
function areOneBoot(before: ProcessVisit, now: ProcessVisit): boolean {
  const [one, other] = [before.visit, now.visit];
  if (one.bootId !== null && other.bootId !== null && one.bootId !== other.bootId) return false;
  if (one.boot !== other.boot) return false;
  const [init, initNow] = [byPid(before.snapshot).get(1), byPid(now.snapshot).get(1)];
  if (init === undefined || initNow === undefined) return init === initNow;
  return isSameProcess(init, initNow, clockMovedMs(before, now));
}

/** By how much the clock was set between two visits of a boot: the time of the boot, read off it, moves along. */
function clockMovedMs(before: ProcessVisit, now: ProcessVisit): Millis {
  const [one, other] = [before.visit, now.visit];
  if (one.boot !== other.boot || one.bootAtMs === null || other.bootAtMs === null) return 0;
  return other.bootAtMs - one.bootAtMs;
}

function goneSighting(
  before: ProcessVisit,
  now: ProcessVisit,
  { process: row, ageS }: Disappearance,
  childrenByPid: ReadonlyMap<number, number>,
  isOneBoot: boolean,
): Sighting {
  const { takenAtMs: fromMs } = before.snapshot;
  const children = childrenByPid.get(row.pid) ?? 0;
  const words = vanishedWords({ before: before.visit, now: now.visit, ageS, children, isOneBoot });
  return vanishedSighting(now.visit, {
    key: `vanished/${row.pid}@${row.startText ?? fromMs}/${row.name}`,
    row,
    time: between(fromMs, now.snapshot.takenAtMs),
    ...words,
  });
}

/** A watched name that no ps of this boot has shown: gone at some time since the boot, or never there. */
function absence(now: ProcessVisit, name: string, known: readonly KnownIncident[]): Sighting | null {
  const { visit, snapshot } = now;
  const fromMs = visit.bootAtMs;
  const isKnown = known.some(
    ({ kind, victim, time }) =>
      (mortal.has(kind) || kind === "vanished") &&
      victim.name === shownName(name) &&
      (time.atMs ?? 0) >= (fromMs ?? 0),
  );
  if (isKnown) return null;
  return vanishedSighting(now.visit, {
    key: `vanished/watch@${snapshot.takenAtMs}/${name}`,
    row: { pid: null, uid: null, user: null, args: null, name },
    time:
      fromMs === null || fromMs > snapshot.takenAtMs
        ? { atMs: null, errorS: null, method: "ordered-only" }
        : between(fromMs, snapshot.takenAtMs),
    detail: "watched and not there; no ps before shows it",
    gaps: [],
  });
}
