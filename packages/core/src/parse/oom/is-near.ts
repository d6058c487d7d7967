import type { KernelRecord } from "../../model/kernel-record.ts";
import type { Micros } from "../../model/units.ts";

/**
 * Whether two records are not further apart than this, as far as their carrier tells: by their stamps, else by the
 * calendar time written beside them, which a syslog daemon may have put there some seconds late.
 */
export function isNear(one: KernelRecord, other: KernelRecord, us: Micros): boolean {
  if (one.stampUs !== null && other.stampUs !== null) return Math.abs(one.stampUs - other.stampUs) <= us;
  const [first, second] = [one.written, other.written];
  if (first === null || second === null || first.hasYear !== second.hasYear) return true;
  const resolutionMs = 1000 * Math.max(first.resolutionS, second.resolutionS);
  return Math.abs(first.localMs - second.localMs) <= us / 1000 + resolutionMs;
}
