import type { Schedule, Schedules } from "../../model/schedule.ts";
import type { NumberedLine } from "./crontab.ts";

const dayMin = 1440;
/** cron starts anacron at this minute of each hour of START_HOURS_RANGE (cronie, /etc/cron.d/0hourly). */
const hourlyMinute = 1;

/**
 * The jobs of /etc/anacrontab: `1 5 cron.daily nice run-parts /etc/cron.daily`, period in days and delay in minutes.
 * Daily ones start the delay after the first hour of START_HOURS_RANGE, up to RANDOM_DELAY minutes later; where that
 * is not said, and for longer periods, nobody can tell when.
 */
export function parseAnacrontab(source: string, lines: readonly NumberedLine[]): Schedules {
  const jobs: Schedule[] = [];
  const refused: string[] = [];
  let firstHour: number | null = null;
  for (const { number, text: raw } of lines) {
    const text = raw.trim();
    if (text === "" || text.startsWith("#")) continue;
    const [, name, value = ""] = /^([A-Za-z_]\w*)\s*=\s*(.*)$/su.exec(text) ?? [];
    if (name !== undefined) {
      if (name === "START_HOURS_RANGE") firstHour = Number(/^(\d{1,2})-\d{1,2}$/u.exec(value)?.[1] ?? NaN);
      continue;
    }
    const [, period = "", delay = "", id = "", command] =
      /^(\d{1,5}|@[a-z]{1,16})\s+(\d{1,5})\s+(\S{1,256})\s+(\S.*)$/su.exec(text) ?? [];
    if (command === undefined) {
      refused.push(`${source}:${number}`);
      continue;
    }
    const isDaily = period === "1" || period === "@daily";
    const startMin = (firstHour ?? NaN) * 60 + hourlyMinute + Number(delay);
    jobs.push({
      source: `${source}:${number}`,
      user: "root",
      schedule: `${period} ${delay} ${id}`,
      command,
      zone: null,
      times:
        isDaily && startMin < dayMin
          ? {
              minutes: [startMin % 60],
              hours: [Math.floor(startMin / 60)],
              daysOfMonth: null,
              months: null,
              weekdays: null,
              eitherDay: false,
            }
          : null,
    });
  }
  return { jobs, refused };
}
