import type { StartTimes } from "../../model/schedule.ts";
import type { FieldBounds } from "./number-set.ts";
import { parseNumberSet } from "./number-set.ts";

const range = "-";
const bounds = {
  minute: { least: 0, most: 59, range },
  hour: { least: 0, most: 23, range },
  dayOfMonth: { least: 1, most: 31, range },
  month: {
    least: 1,
    most: 12,
    range,
    names: ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"],
  },
  // 0 and 7 are Sunday.
  weekday: { least: 0, most: 7, range, names: ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] },
} as const satisfies Readonly<Record<string, FieldBounds>>;

/** The five fields that a word stands for (crontab(5), EXTENSIONS); null: once after the boot, not by the clock. */
const words: ReadonlyMap<string, string | null> = new Map([
  ["@reboot", null],
  ["@yearly", "0 0 1 1 *"],
  ["@annually", "0 0 1 1 *"],
  ["@monthly", "0 0 1 * *"],
  ["@weekly", "0 0 * * 0"],
  ["@daily", "0 0 * * *"],
  ["@midnight", "0 0 * * *"],
  ["@hourly", "0 * * * *"],
]);

/** When a cron schedule starts its job: `20 2 * * 1-5`, `@daily`. Undefined: not understood; null: not by the clock. */
export function parseCronTimes(schedule: string): StartTimes | null | undefined {
  const fields = schedule.startsWith("@") ? words.get(schedule.toLowerCase()) : schedule;
  if (fields === undefined || fields === null) return fields;
  const [minute = "", hour = "", dayOfMonth = "", month = "", weekday = "", ...rest] = fields.split(/\s+/);
  const minutes = parseNumberSet(minute, bounds.minute);
  const hours = parseNumberSet(hour, bounds.hour);
  const days = parseNumberSet(dayOfMonth, bounds.dayOfMonth);
  const months = parseNumberSet(month, bounds.month);
  const weekdays = parseNumberSet(weekday, bounds.weekday);
  if (rest.length > 0 || !minutes || !hours || !days || !months || !weekdays) return undefined;
  return {
    minutes,
    hours,
    daysOfMonth: dayOfMonth === "*" ? null : days,
    months: month === "*" ? null : months,
    weekdays:
      weekday === "*" ? null : [...new Set(weekdays.map((day) => (day + 6) % 7))].toSorted((a, b) => a - b),
    // A field that begins with a star counts as not given, were it `*/2` (cron, DOM_STAR and DOW_STAR).
    eitherDay: !dayOfMonth.startsWith("*") && !weekday.startsWith("*"),
  };
}
