import type { WrittenTime } from "../../model/kernel-record.ts";
import type { Seconds } from "../../model/units.ts";

/** A date and time as digits found in a line; a year that was not written is null. */
export interface DateParts {
  readonly year: number | null;
  /** 1–12; null where nobody knows the month's name. */
  readonly month: number | null;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  /** Digits behind the second's point, none or "". */
  readonly fraction: string | undefined;
  readonly offsetS: Seconds | null;
}

/** A leap year: a date without a year may be February 29. */
const yearUnsaid = 1972;
const daysOf = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** The time that a carrier wrote, or null where its parts make no date. */
export function writtenOf(parts: DateParts, by: WrittenTime["by"]): WrittenTime | null {
  const { year, month, day, hour, minute, second } = parts;
  const digits = (parts.fraction ?? "").slice(0, 9);
  const isDate =
    month !== null && month >= 1 && month <= 12 && day >= 1 && day <= (daysOf[month - 1] ?? 0) && hour <= 23;
  // Second 60 is a leap second.
  if (!isDate || minute > 59 || second > 60 || (year !== null && (year < 1970 || year > 9999))) return null;
  const wholeMs = Date.UTC(year ?? yearUnsaid, month - 1, day, hour, minute, second);
  return {
    // Microseconds are what an epoch in milliseconds can hold; a Talos writes nanoseconds.
    localMs: digits === "" ? wholeMs : wholeMs + Number(digits.slice(0, 6).padEnd(6, "0")) / 1000,
    hasYear: year !== null,
    offsetS: parts.offsetS,
    resolutionS: digits === "" ? 1 : 10 ** -Math.min(digits.length, 6),
    by,
  };
}

/** Seconds east of UTC: `Z`, `+0100`, `-03:30`, `+01`; null where nothing or nothing like it is written. */
export function offsetOf(text: string | undefined): Seconds | null {
  if (text === undefined) return null;
  if (text === "Z") return 0;
  const found = /^([+-])(\d\d):?(\d\d)?$/.exec(text);
  if (found === null) return null;
  const seconds = Number(found[2]) * 3600 + Number(found[3] ?? 0) * 60;
  return found[1] === "-" && seconds !== 0 ? -seconds : seconds;
}
