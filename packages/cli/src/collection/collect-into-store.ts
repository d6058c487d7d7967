import type { FleetOptions, HostTarget, KeepAnswer, LogCursor, ProbeWishes, Run, Visit } from "@inquest/core";
import { collectFleet, isReadState, missingNames, now, visitRecordOf } from "@inquest/core";
import type { Store } from "@inquest/store";
import type { FailedHost } from "../render/failed-hosts.ts";
import type { MissingProcess } from "../render/missing-processes.ts";
import { loadCursors } from "./load-cursors.ts";
import { tellVanished } from "./tell-vanished.ts";
import type { Progress } from "./progress.ts";
import { saveSharpened } from "./save-sharpened.ts";

/** One collection to do: whom to visit and how. */
export interface Collection {
  readonly targets: readonly HostTarget[];
  readonly label: string | null;
  /** Names of processes that must never be missing. */
  readonly watch: readonly string[];
  readonly probe: ProbeWishes;
  /** All of every kernel log, not only what is new. */
  readonly full: boolean;
  /** Takes every answer as it came; null: nobody asked for it. */
  readonly keep: KeepAnswer | null;
  /** Told of every visit once it is stored. */
  readonly onStored: ((target: HostTarget, visit: Visit) => void) | null;
  readonly fleet: Omit<FleetOptions, "now" | "random" | "notice" | "onStart" | "onEnd">;
}

/** What a collection brought. */
export interface Collected {
  readonly run: Run;
  readonly knownIncidents: number;
  /** In the order in which they failed. */
  readonly failed: readonly FailedHost[];
  /** Watched processes that are not there, host by host in the order in which they ended. */
  readonly missing: readonly MissingProcess[];
}

/**
 * Visits the hosts and commits each one's result when that host ends: whatever happens to this process later,
 * only hosts in flight are lost. A store that fails ends the run.
 */
export async function collectIntoStore(
  store: Store,
  collection: Collection,
  progress: Progress,
): Promise<Collected> {
  const { targets, label, watch, probe, full, keep, onStored, fleet } = collection;
  const startedMs = now();
  const number = await store.startRun({ label, startedMs, selected: targets.length });
  const cursors = full ? new Map<string, LogCursor>() : await loadCursors(store, targets);
  const notices: Promise<void>[] = [];
  const failed: FailedHost[] = [];
  const missing: MissingProcess[] = [];
  let knownIncidents = 0;
  try {
    const options = {
      ...fleet,
      notice: (text: string) => notices.push(progress.say(text)),
      onStart: (target: HostTarget) => progress.onStart(target),
      onEnd: (target: HostTarget) => progress.onEnd(target),
    };
    const cursorOf = ({ host }: HostTarget): LogCursor | null => cursors.get(host) ?? null;
    const readings = collectFleet(targets, probe, options, cursorOf, keep);
    for await (const reading of readings) {
      const read = visitRecordOf(reading, await store.knownBoots(reading.target.host), now());
      const record = await tellVanished(store, { ...read, visit: { ...read.visit, watch } });
      knownIncidents += (await saveSharpened(store, number, record)).knownIncidents;
      onStored?.(reading.target, record.visit);
      const { host, state, reason } = record.visit;
      if (!isReadState(state)) failed.push({ host, state, reason });
      missing.push(...missingNames(record).map((process) => ({ host, process })));
    }
    await store.finishRun(number, now());
  } finally {
    progress.stop();
    await Promise.all(notices);
  }
  const run = await store.findRun(number);
  if (run === null) throw new Error(`run ${number} is gone from the store`);
  return { run, knownIncidents, failed, missing };
}
