import type { TimeOfDay } from "../model/alert.ts";

const pattern = /^(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,](\d{1,6}))?)? ?([ap]m)?$/i;

/** A time of day alone: `02:57:58`, `10:49`, `4:42pm`, `12:05am`; null where it is none. */
export function parseTimeOfDay(text: string): TimeOfDay | null {
  const [, hourText, minute, second, fraction = "", half] = pattern.exec(text) ?? [];
  if (hourText === undefined) return null;
  const hour = hourOf(Number(hourText), half?.toLowerCase());
  // Second 60 is a leap second.
  if (hour === null || Number(minute) > 59 || Number(second ?? 0) > 60) return null;
  return {
    timeOfDayS: hour * 3600 + Number(minute) * 60 + Number(`${second ?? 0}.${fraction || 0}`),
    resolutionS: second === undefined ? 60 : 10 ** -fraction.length,
  };
}

function hourOf(hour: number, half: string | undefined): number | null {
  if (half === undefined) return hour <= 23 ? hour : null;
  if (hour < 1 || hour > 12) return null;
  return (hour % 12) + (half === "pm" ? 12 : 0);
}
