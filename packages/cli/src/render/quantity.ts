import type { KiB, Millis } from "@inquest/core";

const unitsOfKiB = ["KiB", "MiB", "GiB", "TiB", "PiB"];

/** Memory as people read it, three digits at most: 8022516 → `7.7 GiB`. */
export function formatKiB(kiB: KiB): string {
  let value = kiB;
  let unit = 0;
  // 1023.95 would be printed as 1024.0: the next unit already at that point.
  while (Math.abs(value) >= 1023.95 && unit < unitsOfKiB.length - 1) {
    value /= 1024;
    unit += 1;
  }
  const digits = unit === 0 || Math.abs(value) >= 99.95 ? 0 : 1;
  return `${value.toFixed(digits)} ${unitsOfKiB[unit] ?? ""}`;
}

/** A share (0–1) of what somebody holds, in percent: `93 %`. */
export function formatShare(share: number): string {
  return share < 0.01 ? "<1 %" : `${Math.round(share * 100)} %`;
}

/** A count with its noun: `1 kill`, `51 kills`. */
export function formatCount(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** How long something took or lies back, to the point: `0.4 s`, `12 s`, `3 min`, `5 h`, `12 d`. */
export function formatTook(tookMs: Millis): string {
  const seconds = Math.max(0, tookMs) / 1000;
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  if (seconds < 99.5) return `${Math.round(seconds)} s`;
  if (seconds < 99.5 * 60) return `${Math.round(seconds / 60)} min`;
  if (seconds < 47.5 * 3600) return `${Math.round(seconds / 3600)} h`;
  return `${Math.round(seconds / 86_400)} d`;
}
