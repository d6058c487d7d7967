import type { StartTimes } from "../../model/schedule.ts";
import type { FieldBounds } from "./number-set.ts";
import { parseNumberSet } from "./number-set.ts";

const range = "..";
const weekdayNames = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const longWeekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
const bounds = {
  weekday: { least: 0, most: 6, range, names: weekdayNames },
  month: { least: 1, most: 12, range },
  day: { least: 1, most: 31, range },
  hour: { least: 0, most: 23, range },
  minute: { least: 0, most: 59, range },
} as const satisfies Readonly<Record<string, FieldBounds>>;

/** systemd.time(7), CALENDAR EVENTS. */
const words: ReadonlyMap<string, string> = new Map([
  ["hourly", "*-*-* *:00:00"],
  ["daily", "*-*-* 00:00:00"],
  ["weekly", "Mon *-*-* 00:00:00"],
  ["monthly", "*-*-01 00:00:00"],
  ["quarterly", "*-01,04,07,10-01 00:00:00"],
  ["semiannually", "*-01,07-01 00:00:00"],
  ["yearly", "*-01-01 00:00:00"],
  ["annually", "*-01-01 00:00:00"],
]);

/** When a calendar event of systemd elapses, and in which zone (null: the host's): `Mon..Fri *-*-* 02:30:00 UTC`. */
export interface CalendarEvent {
  readonly times: StartTimes;
  readonly zone: string | null;
}

/** Reads an OnCalendar expression; null when it is not understood, names a year, or counts from a month's end. */
export function parseOnCalendar(expression: string): CalendarEvent | null {
  const spoken = expression.trim();
  const parts = (words.get(spoken.toLowerCase()) ?? spoken).split(/\s+/u, 5);
  const weekdayText = /^[A-Za-z]/u.test(parts[0] ?? "") ? (parts.shift() ?? "") : null;
  const dateText = /^[\d*]\S*-/u.test(parts[0] ?? "") ? parts.shift() : "*-*-*";
  const timeText = /^[\d*]/u.test(parts[0] ?? "") ? parts.shift() : "00:00:00";
  const [zone = null, ...rest] = parts;
  const [, year, monthText = "", dayText = ""] =
    /^(?:([\d*]+)-)?([^-]+)-([^-]+)$/u.exec(dateText ?? "") ?? [];
  const [hourText = "", minuteText = "", secondText = "0"] = timeText?.split(":") ?? [];
  const weekdays = weekdayText === null ? null : parseNumberSet(shortened(weekdayText), bounds.weekday);
  const months = parseNumberSet(monthText, bounds.month);
  const days = parseNumberSet(dayText, bounds.day);
  const hours = parseNumberSet(stepped(hourText, bounds.hour), bounds.hour);
  const minutes = parseNumberSet(stepped(minuteText, bounds.minute), bounds.minute);
  if (
    spoken === "" ||
    rest.length > 0 ||
    (year !== undefined && year !== "*") ||
    !/^[\d.]{1,16}$/u.test(secondText)
  )
    return null;
  if (!months || !days || !hours || !minutes || (weekdayText !== null && weekdays === null)) return null;
  return {
    zone,
    times: {
      minutes,
      hours,
      daysOfMonth: dayText === "*" ? null : days,
      months: monthText === "*" ? null : months,
      weekdays,
      eitherDay: false,
    },
  };
}

/** Days may be written out and joined by a hyphen: `Monday-Friday`. */
function shortened(text: string): string {
  const names = text.toLowerCase().replaceAll(/\bday\b/gu, "");
  return longWeekdays
    .reduce((short, name, at) => short.replaceAll(name, weekdayNames[at] ?? name), names)
    .replaceAll(/(?<=[a-z])-(?=[a-z])/gu, range);
}

/** `00/10` counts on from 0 to the field's end. */
function stepped(text: string, { most }: FieldBounds): string {
  return text.replaceAll(/(^|,)(\d{1,2})(?=\/)/gu, `$1$2${range}${most}`);
}
