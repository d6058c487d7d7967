import type { Anchor } from "../model/anchor.ts";
import type { EpochMs, Seconds } from "../model/units.ts";

/** NTP clients step a wrong clock within this time after boot, and hardly ever later. */
const settledS: Seconds = 300;

/** What is allowed for one instant; empty when `loMs > hiMs`. */
export interface WallInterval {
  readonly loMs: EpochMs;
  readonly hiMs: EpochMs;
}

/** Whether an anchor bounds its instant from both sides. */
export function isTwoSided({ loMs, hiMs }: Anchor): boolean {
  return Number.isFinite(loMs) && Number.isFinite(hiMs);
}

/**
 * Whether an anchor is good enough to find steps and drift by. The others serve where nothing better bounds a stamp:
 * an uptime counts what stamps may not, an alert may be matched to the wrong record, and what a boot wrote in its
 * first minutes was dated by the hardware clock, before NTP had set the time right.
 */
export function isFirm({ kind, stampS }: Anchor): boolean {
  switch (kind) {
    case "cpu-clock":
    case "mark":
    case "ceiling":
    case "floor":
      return true;
    case "journal":
    case "syslog":
    case "audit":
      return stampS >= settledS;
    default:
      return false;
  }
}
