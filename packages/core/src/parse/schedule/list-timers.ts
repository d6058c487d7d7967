import type { Schedule, Schedules } from "../../model/schedule.ts";
import { timesOfElapses } from "./timer-elapses.ts";

const stamp = /[A-Z][a-z]{2} \d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?: [\w:+/-]{1,64})?/gu;

/**
 * The table of `systemctl list-timers --all`: NEXT LEFT LAST PASSED UNIT ACTIVATES. It tells when a timer starts next
 * and not how often: the last start shows whether it is daily or weekly.
 */
export function parseListTimers(text: string): Schedules {
  const jobs = text.split("\n").flatMap((line): Schedule[] => {
    const [, unit, activates = ""] = /\s(\S{1,256}\.timer)\s+(\S{1,256})\s*$/u.exec(line) ?? [];
    if (unit === undefined) return [];
    const [next = "", last = ""] = line.match(stamp) ?? [];
    return [
      {
        source: unit,
        user: null,
        schedule: next === "" ? "n/a" : `next ${next}`,
        command: activates,
        zone: null,
        times: timesOfElapses(last, next),
      },
    ];
  });
  return { jobs, refused: [] };
}
