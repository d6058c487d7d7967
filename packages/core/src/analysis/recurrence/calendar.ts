import type { LocalMinutes } from "../../model/episode.ts";
import type { RecurrenceKind } from "../../model/recurrence.ts";
import { modulo } from "./circle.ts";

/** Minutes of a day. */
export const dayMin = 1440;
/** Minutes of a week. */
export const weekMin: number = 7 * dayMin;

/** A circle that cron periods are laid on. */
export interface Calendar {
  readonly kind: RecurrenceKind;
  /** Minutes; for the month, of its longest. */
  readonly periodMin: number;
  /** How likely it is among schedules, before anything was seen: a search over many must pay for each. */
  readonly weight: number;
}

const month: Calendar = { kind: "monthly", periodMin: 31 * dayMin, weight: 0.02 };

/** Calendars whose cycles are equally long, the likeliest first. */
export const calendars: readonly Calendar[] = [
  { kind: "daily", periodMin: dayMin, weight: 0.46 },
  { kind: "weekly", periodMin: weekMin, weight: 0.22 },
  { kind: "every_720m", periodMin: 720, weight: 0.04 },
  { kind: "every_480m", periodMin: 480, weight: 0.015 },
  { kind: "every_360m", periodMin: 360, weight: 0.1 },
  { kind: "every_240m", periodMin: 240, weight: 0.015 },
  { kind: "every_180m", periodMin: 180, weight: 0.01 },
  { kind: "every_120m", periodMin: 120, weight: 0.01 },
  { kind: "every_60m", periodMin: 60, weight: 0.12 },
];

/** Calendars worth a look over a span: the month only where three of it can have been seen. */
export function calendarsFor(spanMin: number): readonly Calendar[] {
  return spanMin > 92 * dayMin ? [...calendars, month] : calendars;
}

// 1970-01-01 was a Thursday: Monday 00:00 lies three days before.
const mondayMin = 3 * dayMin;

/** Where a time stands on a calendar's circle. */
export function phaseOf({ kind, periodMin }: Calendar, localMin: LocalMinutes): number {
  if (kind !== "monthly") return modulo(kind === "weekly" ? localMin + mondayMin : localMin, periodMin);
  const dayOfMonth = new Date(localMin * 60_000).getUTCDate();
  return (dayOfMonth - 1) * dayMin + modulo(localMin, dayMin);
}

/** Which cycle a time belongs to, cycles being cut opposite of `centerMin`, so that midnight cuts nothing apart. */
export function cycleOf(calendar: Calendar, localMin: LocalMinutes, centerMin: number): number {
  const { kind, periodMin } = calendar;
  if (kind === "monthly") {
    const at = new Date(localMin * 60_000);
    return at.getUTCFullYear() * 12 + at.getUTCMonth();
  }
  const shifted = kind === "weekly" ? localMin + mondayMin : localMin;
  return Math.floor((shifted - centerMin + periodMin / 2) / periodMin);
}

/** Day of the week, 0 is Monday. */
export function weekdayOf(localMin: LocalMinutes): number {
  return Math.floor(modulo(localMin + mondayMin, weekMin) / dayMin);
}
