import type { LocalMinutes } from "../model/episode.ts";
import type { EpochMs } from "../model/units.ts";
import { utcOffsetOf } from "./local-time.ts";

/** Minutes since 1970 on the wall clock of a zone; null for an unknown zone. */
export function localMinutesOf(atMs: EpochMs, zone: string): LocalMinutes | null {
  const offsetS = utcOffsetOf(atMs, zone);
  return offsetS === null ? null : (atMs + offsetS * 1000) / 60_000;
}
