import { Temporal } from "temporal-polyfill";
import type { EpochMs, Seconds } from "../model/units.ts";

/** What a clock on the wall of a zone shows at an instant. Whole seconds, rounded down. */
export interface LocalTime {
  /** `2015-04-22`. */
  readonly date: string;
  /** `10:56:49`. */
  readonly time: string;
  /** Hour of the day, 0–23. */
  readonly hour: number;
  /** Day of the week as ISO 8601 counts: 1 is Monday, 7 is Sunday. */
  readonly weekday: number;
  /** Seconds since local midnight by the wall clock, fractions kept. */
  readonly timeOfDayS: Seconds;
  /** Offset from UTC: `+08:00`. */
  readonly utcOffset: string;
}

/** A zone's time without change of offset: [fromMs, toMs). */
interface Stretch {
  readonly fromMs: EpochMs;
  readonly toMs: EpochMs;
  readonly offsetS: Seconds;
}

// Instants come sorted: remembering one stretch a zone spares a Temporal object for nearly all of them.
const lastStretch = new Map<string, Stretch>();

/** Seconds east of UTC at an instant in an IANA zone or at a fixed offset (`+08:00`); null for an unknown zone. */
export function utcOffsetOf(atMs: EpochMs, zone: string): Seconds | null {
  const known = lastStretch.get(zone);
  if (known !== undefined && known.fromMs <= atMs && atMs < known.toMs) return known.offsetS;
  const stretch = stretchAround(atMs, zone);
  if (stretch === null) return null;
  lastStretch.set(zone, stretch);
  return stretch.offsetS;
}

function stretchAround(atMs: EpochMs, zone: string): Stretch | null {
  try {
    const at = Temporal.Instant.fromEpochMilliseconds(Math.floor(atMs)).toZonedDateTimeISO(zone);
    // `previous` is strictly before: one step ahead finds the transition that happens at this very instant.
    const from = at.add({ milliseconds: 1 }).getTimeZoneTransition("previous");
    const to = at.getTimeZoneTransition("next");
    return {
      fromMs: from?.epochMilliseconds ?? -Infinity,
      toMs: to?.epochMilliseconds ?? Infinity,
      offsetS: at.offsetNanoseconds / 1e9,
    };
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** Local time of an instant in an IANA zone or at a fixed offset (`+08:00`); null for an unknown zone. */
export function localTimeOf(atMs: EpochMs, zone: string): LocalTime | null {
  const offsetS = utcOffsetOf(atMs, zone);
  if (offsetS === null) return null;
  const wallMs = atMs + offsetS * 1000;
  const wall = new Date(Math.floor(wallMs));
  if (Number.isNaN(wall.getTime())) return null;
  const [date = "", time = ""] = wall.toISOString().split("T");
  return {
    date,
    time: time.slice(0, 8),
    hour: wall.getUTCHours(),
    weekday: wall.getUTCDay() || 7,
    timeOfDayS: (wallMs - Math.floor(wallMs / 86_400_000) * 86_400_000) / 1000,
    utcOffset: fixedZone(offsetS),
  };
}

/** An offset as ISO 8601 writes it, which is also the name of its fixed zone: 28800 → `+08:00`. */
export function fixedZone(utcOffsetS: Seconds): string {
  const minutes = Math.round(Math.abs(utcOffsetS) / 60);
  return `${utcOffsetS < 0 ? "-" : "+"}${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, "0");
}

/** The zone to read a host's times in: its IANA zone where that is known to us, else its fixed offset, else null. */
export function hostZoneOf(host: {
  readonly zone: string | null;
  readonly utcOffsetS: Seconds | null;
}): string | null {
  if (host.zone !== null && utcOffsetOf(0, host.zone) !== null) return host.zone;
  return host.utcOffsetS === null ? null : fixedZone(host.utcOffsetS);
}
