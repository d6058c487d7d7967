import type { EpochMs, Millis } from "../../model/units.ts";
import type { KernelRecord, WrittenTime } from "../../model/kernel-record.ts";

/** Milliseconds between two records as far as one clock tells of both; null where none does. */
export function apartMs(one: KernelRecord, other: KernelRecord): Millis | null {
  if (one.bootId !== null && other.bootId !== null && one.bootId !== other.bootId) return Infinity;
  if (one.stampUs !== null && other.stampUs !== null) return Math.abs(one.stampUs - other.stampUs) / 1000;
  if (one.written === null || other.written === null) return null;
  const [from, to] = [instantOf(one.written, other.written), instantOf(other.written, one.written)];
  if (from === null || to === null) return null;
  // Both were cut to their last digit.
  const coarseMs = Math.max(one.written.resolutionS, other.written.resolutionS) * 1000;
  return Math.max(0, Math.abs(from - to) - coarseMs);
}

function instantOf(time: WrittenTime, other: WrittenTime): EpochMs | null {
  if (time.hasYear !== other.hasYear || (time.offsetS === null) !== (other.offsetS === null)) return null;
  return time.localMs - (time.offsetS ?? 0) * 1000;
}

/** Whether two records are at most so far apart: in time, or in lines where no clock tells. */
export function areNear(
  one: KernelRecord,
  other: KernelRecord,
  atMostMs: Millis,
  atMostLines: number,
): boolean {
  return (apartMs(one, other) ?? Infinity) <= atMostMs || isUntimedNear(one, other, atMostLines);
}

function isUntimedNear(one: KernelRecord, other: KernelRecord, atMostLines: number): boolean {
  return apartMs(one, other) === null && Math.abs(one.line - other.line) <= atMostLines;
}
