import type { WrittenTime } from "../../model/kernel-record.ts";
import { monthOf } from "./month-of.ts";
import { offsetOf, writtenOf } from "./written-of.ts";

/** Time of day and year are safe; the words before them hold a weekday, a month and a day in any order and language. */
export function writtenByCtime([
  ,
  date = "",
  hour,
  minute,
  second,
  year,
]: RegExpExecArray): WrittenTime | null {
  // Weekday, month, day: so strftime puts them in nearly every language.
  const usual = /^\S{1,20} {1,2}(\S{1,20}) {1,2}(\d{1,2})$/.exec(date);
  const usualMonth = usual === null ? null : monthOf(usual[1] ?? "");
  const { month, day } =
    usualMonth === null ? unusualDate(date) : { month: usualMonth, day: Number(usual?.[2]) };
  return writtenOf(
    {
      year: Number(year),
      month,
      day,
      hour: Number(hour),
      minute: Number(minute),
      second: Number(second),
      fraction: undefined,
      offsetS: null,
    },
    "derived",
  );
}

/** A time with its offset, of `--time-format iso`. Groups of the match as its pattern has them. */
export function writtenByIso(found: RegExpExecArray): WrittenTime | null {
  const [, year, month, day, hour, minute, second, fraction, offset] = found;
  return writtenOf(
    {
      year: Number(year),
      month: Number(month),
      day: Number(day),
      hour: Number(hour),
      minute: Number(minute),
      second: Number(second),
      fraction,
      offsetS: offsetOf(offset),
    },
    "derived",
  );
}

/** Month and day wherever they stand. The first word is a weekday where there are three: 月 and Mar are months, too. */
function unusualDate(date: string): { readonly month: number | null; readonly day: number } {
  const words = date.split(/\s+/);
  const day = words.find((word) => /^\d{1,2}[.,]?$/.test(word));
  const months = words.slice(words.length > 2 ? 1 : 0).flatMap((word) => monthOf(word) ?? []);
  return { month: months[0] ?? null, day: Number.parseInt(day ?? "0", 10) };
}
