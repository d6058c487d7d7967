import type { DailyJob } from "../model/recurrence.ts";
import type { Schedule, StartTimes } from "../model/schedule.ts";

const dayMin = 1440;
/** What starts more often than twice an hour starts near any time: none of its starts is worth naming. */
const mostStarts = 48;

/**
 * The starts of what a host does by the clock, on the wall clock that its deaths are read on. `shiftOf`: minutes by
 * which that clock is ahead of the one a schedule is read on; null: the host's own.
 */
export function dailyJobsOf(
  host: string,
  schedules: readonly Schedule[],
  shiftOf: (zone: string | null) => number,
): readonly DailyJob[] {
  return schedules.flatMap(({ source, schedule, command, zone, times }) => {
    if (times === null) return [];
    const starts = times.hours.flatMap((hour) => times.minutes.map((minute) => hour * 60 + minute));
    if (starts.length > mostStarts) return [];
    const shiftMin = shiftOf(zone);
    return starts.flatMap((start): DailyJob[] => {
      const days = Math.floor((start + shiftMin) / dayMin);
      const dates = datesOf(times);
      // On another clock it is another date: which one depends on the month.
      if (dates !== null && days !== 0) return [];
      return [
        {
          host,
          source,
          schedule,
          command,
          startMin: start + shiftMin - days * dayMin,
          weekdays: times.weekdays?.map((day) => (((day + days) % 7) + 7) % 7) ?? null,
          dates,
          startsPerDay: starts.length,
        },
      ];
    });
  });
}

/** Null where weekdays tell all. */
function datesOf({ daysOfMonth, months, weekdays, eitherDay }: StartTimes): DailyJob["dates"] {
  return daysOfMonth === null && months === null ? null : { daysOfMonth, months, weekdays, eitherDay };
}
