import type { Anchor, LogPair } from "../model/anchor.ts";
import type { EpochMs, Millis, Seconds } from "../model/units.ts";

/** A daemon that keeps up reads a record up to this much later than the kernel wrote it; so does kauditd print one. */
const lateMs: Millis = 2000;
/** What a boot writes before a daemon reads is read all at once: its receive times bound it from above only. */
const backlogS: Seconds = 60;
/** The hardware clock tells whole seconds, and so does `btime`. */
const rtcMs: Millis = 2000;

/**
 * Anchors from times that stand in a log. A daemon dates a record when it receives it (journald-kmsg.c, rsyslog imklog),
 * kauditd prints one some time after the moment it tells (kernel/audit.c): each is sure on one side, and on the other
 * side only where no neighbour shows that a backlog was being worked off. Order of `pairs` does not matter.
 */
export function logAnchorsOf(
  pairs: readonly LogPair[],
  bootAtMs: EpochMs | null,
  drift: number,
): readonly Anchor[] {
  const sorted = pairs.toSorted((one, other) => one.stampS - other.stampS);
  return [
    ...receivedAnchors(
      sorted.filter(({ kind }) => kind === "journal" || kind === "syslog"),
      drift,
    ),
    ...toldAnchors(
      sorted.filter(({ kind }) => kind === "audit"),
      drift,
    ),
    ...sorted.filter(({ kind }) => kind === "rtc").flatMap((pair) => rtcAnchor(pair, bootAtMs)),
  ];
}

/** A record of which a later one was received sooner after its stamp had waited. */
function receivedAnchors(pairs: readonly LogPair[], drift: number): readonly Anchor[] {
  let soonestMs = Infinity;
  let nextS: Seconds = 0;
  return pairs
    .toReversed()
    .map(({ kind, stampS, fromMs, toMs }) => {
      soonestMs += (nextS - stampS) * 1000 * drift;
      nextS = stampS;
      const offsetMs = fromMs - stampS * 1000;
      const waited = stampS < backlogS || offsetMs > soonestMs + lateMs;
      soonestMs = Math.min(soonestMs, toMs - stampS * 1000);
      return { kind, stampS, loMs: waited ? -Infinity : fromMs - lateMs, hiMs: toMs, bootAtMs: null };
    })
    .toReversed();
}

/** A record of which an earlier one was printed sooner after the moment it tells had waited. */
function toldAnchors(pairs: readonly LogPair[], drift: number): readonly Anchor[] {
  let soonestMs: EpochMs = -Infinity;
  let beforeS: Seconds = 0;
  return pairs.map(({ kind, stampS, fromMs, toMs }) => {
    soonestMs -= (stampS - beforeS) * 1000 * drift;
    beforeS = stampS;
    const waited = toMs - stampS * 1000 < soonestMs - lateMs;
    soonestMs = Math.max(soonestMs, fromMs - stampS * 1000);
    return { kind, stampS, loMs: fromMs, hiMs: waited ? Infinity : toMs + lateMs, bootAtMs: null };
  });
}

/**
 * The hardware clock may have been wrong: it is believed where `btime` agrees, which moves when NTP sets the clock right
 * after the boot.
 */
function rtcAnchor({ kind, stampS, fromMs, toMs }: LogPair, bootAtMs: EpochMs | null): readonly Anchor[] {
  if (bootAtMs === null || Math.abs(fromMs - stampS * 1000 - bootAtMs) > rtcMs) return [];
  return [{ kind, stampS, loMs: fromMs - rtcMs, hiMs: toMs + rtcMs, bootAtMs }];
}
