import type { HostTarget } from "../model/host.ts";
import { unknownVictim } from "../model/incident.ts";
import type { EpochMs, Seconds } from "../model/units.ts";
import type { KnownBoot, Sighting, Visit } from "../model/visit.ts";
import type { BootEnd } from "./boot-end.ts";
import { killsIn, stormMs } from "./boot-end.ts";
import { stableId } from "./stable-id.ts";

/** `btime` is in whole seconds and computed anew at each read. */
const btimeSlackMs = 2000;
/** Whole-second floor of every time. */
const floorS: Seconds = 1;

/** What a visit knows of a boot that it is the first to see. */
export interface FirstSight {
  readonly target: Pick<HostTarget, "host" | "groups">;
  readonly boot: KnownBoot;
  /** The boots that were known before, the latest visited last. */
  readonly known: readonly KnownBoot[];
  readonly visit: Pick<
    Visit,
    "bootAtMs" | "uptimeS" | "startedMs" | "zone" | "utcOffsetS" | "clockDiffS" | "kernel"
  >;
  /** What the files and the journal on the host's disk tell of the end of the boot before. */
  readonly end: BootEnd;
  /** The deaths that the visit tells of. */
  readonly sightings: readonly Sighting[];
}

/**
 * The reboot between the last visit to the boot before and a first visit to this one, as an incident; null where there
 * was none. A container that was moved is on a kernel that was up already, or has gone on itself: that is no reboot.
 */
export function rebootSightingOf(sight: FirstSight): Sighting | null {
  const { target, boot, known, visit, end } = sight;
  const isSeen = known.some((one) => one.boot === boot.boot && one.visitedMs !== null);
  const before = known.findLast((one) => one.boot !== boot.boot && one.visitedMs !== null);
  if (isSeen || before === undefined || before.visitedMs === null) return null;
  // A snapshot was put back: the kernel is the one that it was.
  if (boot.bootId !== null && boot.bootId === before.bootId) return null;
  const diffMs = (visit.clockDiffS ?? 0) * 1000;
  const aliveMs = before.visitedMs + Math.min(0, diffMs);
  const bootAtMs = visit.bootAtMs === null ? null : visit.bootAtMs - Math.max(0, diffMs);
  const wasUp = bootAtMs !== null && bootAtMs + btimeSlackMs < aliveMs;
  const wentOn =
    visit.uptimeS !== null && visit.startedMs - visit.uptimeS * 1000 + btimeSlackMs < before.visitedMs;
  if (wasUp || wentOn || !isTold(sight, before)) return null;
  // A boot says when it began, to the second; else it had begun when it was visited.
  const hiMs = Math.max(bootAtMs === null ? visit.startedMs : bootAtMs + 1000, aliveMs);
  const loMs = Math.min(Math.max(aliveMs, end.lastMs ?? aliveMs), hiMs);
  const key = `${boot.boot}/reboot`;
  return {
    keys: [key],
    words: null,
    incident: {
      id: stableId("k", target.host, key),
      kind: "reboot",
      host: target.host,
      groups: target.groups,
      time: {
        atMs: Math.round((loMs + hiMs) / 2),
        errorS: Math.max(floorS, Math.ceil((hiMs - loMs) / 20) / 100),
        method: "bracketed",
      },
      zone: visit.zone,
      utcOffsetS: visit.utcOffsetS,
      stampUs: null,
      // As with every death, the kernel that ended.
      bootId: before.bootId,
      kernel: visit.kernel,
      reportId: null,
      grade: null,
      confirmed: true,
      gaps: [],
      scope: null,
      victim: unknownVictim,
      selected: null,
      trigger: null,
      memcg: null,
      memory: null,
      pressure: null,
      detail: detailOf(before, sight, loMs, hiMs),
      taskCount: null,
      suspects: null,
      sources: ["collect"],
    },
  };
}

/** A log that was cleared on a host that tells nothing else looks like that of another boot. */
function isTold({ boot, visit }: FirstSight, before: KnownBoot): boolean {
  const isNamed = boot.bootId !== null && before.bootId !== null;
  return isNamed || visit.bootAtMs !== null || visit.uptimeS !== null;
}

/** What the end of the log says, and the kills before it: `panic: …; 14 kills in the 10 min before`. */
function detailOf(before: KnownBoot, { end, sightings }: FirstSight, loMs: EpochMs, hiMs: EpochMs): string {
  const known = new Set(before.lateKills.map(({ stampUs }) => stampUs));
  const later = killsIn(sightings).filter(({ stampUs }) => stampUs === null || !known.has(stampUs));
  const kills = [...before.lateKills, ...later].filter(({ atMs }) => atMs >= loMs - stormMs && atMs <= hiMs);
  const words = end.words ?? before.lastWords ?? "no word of a shutdown in what is known of its log";
  if (kills.length === 0) return words;
  return `${words}; ${kills.length} ${kills.length === 1 ? "kill" : "kills"} in the 10 min before`;
}
