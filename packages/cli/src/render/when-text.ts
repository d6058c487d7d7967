import { hostZoneOf } from "@inquest/core";
import type { EpochMs, Incident } from "@inquest/core";
import { formatTook } from "./quantity.ts";
import { formatStamp, formatWallTime, formatZonedInstant } from "./wall-time.ts";

/** In which zone and as of when sentences are said. */
export interface WhyLook {
  /** --tz; null: the host's own zone. */
  readonly zone: string | null;
  readonly fallbackZone: string;
  readonly nowMs: EpochMs;
}

/** When a death was; where nothing tells, its stamp and before when it was. */
export function whenText(incident: Incident, look: WhyLook): string {
  const zone = look.zone ?? hostZoneOf(incident) ?? look.fallbackZone;
  const told = formatWallTime(incident.time, zone, look.nowMs);
  if (told !== null) return told;
  const stamp = incident.stampUs === null ? "" : ` ${formatStamp(incident.stampUs)}`;
  return `at a time that is not known${stamp}, before ${formatZonedInstant(incident.firstSeenMs, zone)}`;
}

/** How far a ps is from a death: `3 min before`, `7 h after`; its own time where the death has none. */
export function ageText(takenAtMs: EpochMs | null, incident: Incident, look: WhyLook): string {
  if (takenAtMs === null) return "of an unknown time";
  const { atMs } = incident.time;
  const zone = look.zone ?? hostZoneOf(incident) ?? look.fallbackZone;
  if (atMs === null) return `of ${formatZonedInstant(takenAtMs, zone)}`;
  return `${formatTook(Math.abs(takenAtMs - atMs))} ${takenAtMs <= atMs ? "before" : "after"}`;
}
