import type { KernelLog, KernelRecord } from "../model/kernel-record.ts";
import type { EpochMs } from "../model/units.ts";
import type { KnownBoot, LogContinuity } from "../model/visit.ts";
import type { RecordKeyOf } from "./record-keys.ts";

/** A stamp this young is shared by every boot of the machine ("[    0.000000] Linux version …"). */
const tellingStampUs = 60_000_000;
/** `btime` is in whole seconds and computed anew at each read. */
const btimeSlackMs = 2000;

/** Which boot a log is of, and how it joins the reading before. */
export interface IdentifiedBoot {
  /** The boot as it is known after this reading. */
  readonly boot: KnownBoot;
  readonly continuity: LogContinuity;
  readonly lostRecords: number | null;
}

/**
 * Finds out which boot a log belongs to and whether it joins what was read of that boot before.
 * By boot id where there is one; else two readings are one boot if they share a telling record, or the stamps
 * went on and btime stayed. A machine that was cloned or put back to a snapshot keeps its boot id and counts on in its
 * own way: that is a boot space of its own, `<boot id>#2`.
 */
export function identifyBoot(
  known: readonly KnownBoot[],
  seen: { readonly bootId: string | null; readonly bootAtMs: EpochMs | null; readonly log: KernelLog },
  keyOf: RecordKeyOf,
): IdentifiedBoot {
  const before = known.findLast((boot) => isSameBoot(boot, seen, keyOf)) ?? null;
  const last = seen.log.newest.at(-1) ?? null;
  const lastStampUs = last?.stampUs ?? null;
  // The newest records are remembered: finding one again proves that two readings are of one log.
  const tail = seen.log.newest.map(keyOf);
  const boot: KnownBoot = {
    boot: before?.boot ?? nameSpace(known, seen.bootId) ?? nameBoot(seen.bootAtMs, tail),
    bootId: seen.bootId ?? before?.bootId ?? null,
    bootAtMs: seen.bootAtMs ?? before?.bootAtMs ?? null,
    drift: before?.drift ?? null,
    visitedMs: before?.visitedMs ?? null,
    lastWords: before?.lastWords ?? null,
    lateKills: before?.lateKills ?? [],
    // A log that was cut off on its way ends before what is known already, as an empty one does.
    ...(before !== null && (last === null || isBehind(last, before))
      ? { lastStampUs: before.lastStampUs, lastSeq: before.lastSeq, readMs: before.readMs, tail: before.tail }
      : {
          lastStampUs: lastStampUs ?? before?.lastStampUs ?? null,
          // Number and stamp are of one record: the number of an older one would count what dmesg showed since as lost.
          lastSeq: last?.seq ?? null,
          readMs: null,
          tail,
        }),
  };
  return { boot, ...joinOf(known, before, seen.log, keyOf) };
}

function isBehind(last: KernelRecord, { lastSeq, lastStampUs }: KnownBoot): boolean {
  return last.seq !== null && lastSeq !== null
    ? last.seq < lastSeq
    : last.stampUs !== null && lastStampUs !== null && last.stampUs < lastStampUs;
}

function isSameBoot(
  boot: KnownBoot,
  { bootId, bootAtMs, log }: { bootId: string | null; bootAtMs: EpochMs | null; log: KernelLog },
  keyOf: RecordKeyOf,
): boolean {
  if (bootId !== null && boot.bootId !== null) return bootId === boot.bootId && !contradicts(log, boot);
  if (sharesTail(boot, log, keyOf, tellingStampUs)) return true;
  const lastStampUs = log.newest.at(-1)?.stampUs ?? null;
  return (
    lastStampUs !== null &&
    boot.lastStampUs !== null &&
    lastStampUs >= boot.lastStampUs &&
    bootAtMs !== null &&
    boot.bootAtMs !== null &&
    Math.abs(bootAtMs - boot.bootAtMs) <= btimeSlackMs
  );
}

/** Whether the number of the last record known is that of another one now. */
function contradicts(
  { first, newest, lostInside, recordsAt }: KernelLog,
  { lastSeq, lastStampUs }: KnownBoot,
): boolean {
  const [from, to] = [first?.seq ?? null, newest.at(-1)?.seq ?? null];
  if (lastSeq === null || lastStampUs === null || from === null || to === null || lostInside !== 0)
    return false;
  return from <= lastSeq && lastSeq <= to && !recordsAt(lastStampUs).some(({ seq }) => seq === lastSeq);
}

/** The boot id, numbered where others have it already. */
function nameSpace(known: readonly KnownBoot[], bootId: string | null): string | null {
  const spaces = known.filter((boot) => boot.bootId === bootId).length;
  return bootId === null || spaces === 0 ? bootId : `${bootId}#${spaces + 1}`;
}

function joinOf(
  known: readonly KnownBoot[],
  before: KnownBoot | null,
  log: KernelLog,
  keyOf: RecordKeyOf,
): Pick<IdentifiedBoot, "continuity" | "lostRecords"> {
  if (before === null)
    return { continuity: known.length === 0 ? "first-contact" : "new-boot", lostRecords: null };
  const firstSeq = log.first?.seq ?? null;
  if (firstSeq !== null && before.lastSeq !== null) {
    const lostRecords = Math.max(0, firstSeq - before.lastSeq - 1);
    return { continuity: lostRecords > 0 ? "lost" : "complete", lostRecords };
  }
  if (log.fromBoot || sharesTail(before, log, keyOf, 0)) return { continuity: "complete", lostRecords: 0 };
  return { continuity: "possible-gap", lostRecords: null };
}

/** Whether the log still holds one of the records that the boot was last seen with. */
function sharesTail(boot: KnownBoot, log: KernelLog, keyOf: RecordKeyOf, fromStampUs: number): boolean {
  const tail = new Set(boot.tail);
  // The newest first: nearly always it is still there.
  const stamps = [...new Set(boot.tail.map((key) => key.slice(0, key.indexOf("."))))].toReversed();
  return stamps.some((stamp) => {
    if (stamp === "-") return fromStampUs === 0 && log.records.some((record) => tail.has(keyOf(record)));
    const stampUs = Number(stamp);
    return stampUs >= fromStampUs && log.recordsAt(stampUs).some((record) => tail.has(keyOf(record)));
  });
}

/** A host that tells no boot id gets a name that the next reading of the same boot leads back to. */
function nameBoot(bootAtMs: EpochMs | null, tail: readonly string[]): string {
  return bootAtMs === null ? `log-${tail[0] ?? "empty"}` : `btime-${Math.round(bootAtMs / 1000)}`;
}
