import { localTimeOf } from "@inquest/core";
import type { EpochMs, Micros, Seconds, WallTime } from "@inquest/core";

/** An instant in a zone, to the second: `2015-04-22 10:56:49`. A zone nobody knows is read as UTC. */
export function formatInstant(atMs: EpochMs, zone: string): string {
  const local = localTimeOf(atMs, zone) ?? localTimeOf(atMs, "UTC");
  return local === null ? "?" : `${local.date} ${local.time}`;
}

/** The same to the minute, with its offset where nothing else tells it. */
export function formatMinute(atMs: EpochMs, zone: string, withOffset: boolean): string {
  const minute = formatInstant(atMs, zone).slice(0, 16);
  return withOffset ? `${minute} ${formatOffset(atMs, zone)}` : minute;
}

/** formatInstant with its offset: `2015-04-22 10:56:49 +08:00`. */
export function formatZonedInstant(atMs: EpochMs, zone: string): string {
  return `${formatInstant(atMs, zone)} ${formatOffset(atMs, zone)}`;
}

/** The offset that goes with formatInstant: `+08:00`. */
export function formatOffset(atMs: EpochMs, zone: string): string {
  return localTimeOf(atMs, zone)?.utcOffset ?? "+00:00";
}

/** The offset of all of them, fit for a header; null: they differ, or there are none. */
export function sharedOffset(
  times: readonly { readonly atMs: EpochMs; readonly zone: string }[],
): string | null {
  const offsets = new Set(times.map(({ atMs, zone }) => formatOffset(atMs, zone)));
  const [first] = offsets;
  return offsets.size === 1 && first !== undefined ? first : null;
}

/** An instant in UTC, ISO 8601 to the second: `2015-04-22T02:56:49Z`. */
export function formatUtc(atMs: EpochMs): string {
  return `${formatInstant(atMs, "UTC").replace(" ", "T")}Z`;
}

/** A half-width, rounded up so that it never claims more than is known: `0.4 s`, `7 min`, `2.1 h`, `3.5 d`. */
export function formatError(errorS: Seconds): string {
  if (errorS <= 90) return `${roundUp(errorS)} s`;
  if (errorS <= 90 * 60) return `${Math.ceil(errorS / 60)} min`;
  if (errorS <= 48 * 3600) return `${roundUp(errorS / 3600)} h`;
  return `${roundUp(errorS / 86_400)} d`;
}

/** Two digits are plenty: one decimal below ten. The inner rounding takes away what binary fractions add. */
function roundUp(value: number): string {
  const scale = value < 10 ? 10 : 1;
  return String(Math.ceil(Math.round(value * scale * 1e6) / 1e6) / scale);
}

/**
 * A wall time with its error, `2015-04-22 10:56:49 +08:00 ± 7.5 s`, or null where only the order is known.
 * Never later than now: what has been read has happened, whatever the clocks say of each other.
 */
export function formatWallTime({ atMs, errorS }: WallTime, zone: string, nowMs: EpochMs): string | null {
  if (atMs === null) return null;
  const shownMs = Math.min(atMs, nowMs);
  const error = errorS === null ? "" : ` ± ${formatError(errorS)}`;
  return `${formatZonedInstant(shownMs, zone)}${error}`;
}

/** A printk stamp as dmesg prints it: `[28325872.177364]`. */
export function formatStamp(stampUs: Micros): string {
  return `[${Math.floor(stampUs / 1e6)}.${String(Math.floor(stampUs % 1e6)).padStart(6, "0")}]`;
}
