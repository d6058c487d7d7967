import type { StartTimes } from "../../model/schedule.ts";

/** As systemd prints an instant in the host's own zone (format_timestamp): `Mon 2026-11-23 00:00:00 CST`. */
const stamp = /(\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d):\d\d/u;
const dayMs = 86_400_000;
/** The last start was late by its random delay and accuracy, up to so much. */
const latenessMs = 6 * 3_600_000;

/** A daily or weekly time from when a timer elapsed last and when it will next; null where they tell neither. */
export function timesOfElapses(last: string, next: string): StartTimes | null {
  const [before, after] = [wallMsOf(last), wallMsOf(next)];
  if (before === null || after === null) return null;
  const apartMs = after - before;
  const isDaily = Math.abs(apartMs - dayMs) <= latenessMs;
  if (!isDaily && Math.abs(apartMs - 7 * dayMs) > latenessMs) return null;
  const at = new Date(after);
  return {
    minutes: [at.getUTCMinutes()],
    hours: [at.getUTCHours()],
    daysOfMonth: null,
    months: null,
    weekdays: isDaily ? null : [(at.getUTCDay() + 6) % 7],
    eitherDay: false,
  };
}

/** What the clock on the wall shows, as milliseconds since 1970 as if it were UTC. */
function wallMsOf(text: string): number | null {
  const [, year, month, day, hour, minute] = stamp.exec(text) ?? [];
  if (year === undefined) return null;
  return Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute));
}
