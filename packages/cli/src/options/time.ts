import type { EpochMs } from "@inquest/core";
import { UsageError } from "@inquest/core";
import { Temporal } from "temporal-polyfill";
import { parseSpan } from "./span.ts";
import { instantOf } from "./wall-clock.ts";

/** Whence a time is read. */
export interface TimeContext {
  readonly nowMs: EpochMs;
  /** IANA zone or fixed offset that a time without its own zone is meant in. */
  readonly zone: string;
  /** Which end of a range it is: decides the hour that a clock shows twice. */
  readonly end: "since" | "until";
  /** The option it was given with, for errors: `--since`. */
  readonly option: string;
}

const weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const daysFromToday = new Map([
  ["yesterday", -1],
  ["today", 0],
  ["tomorrow", 1],
]);

const weekday = "(?:(?<weekday>mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\\s+)?";
const date = "(?<year>\\d{4}|\\d{2})-(?<month>\\d{1,2})-(?<day>\\d{1,2})";
const time = "(?<hour>\\d{1,2}):(?<minute>\\d{2})(?::(?<second>\\d{2})(?<fraction>[.,]\\d{1,9})?)?";
const offset = "[+-]\\d{2}(?::?\\d{2})?";
const zone = `(?:\\s*(?<offset>z|${offset})|\\s+(?<zone>[a-z][\\w+-]*(?:/[\\w+-]+)*))?`;
const calendar = new RegExp(
  `^${weekday}(?:${date}|(?<word>yesterday|today|tomorrow))(?:(?:\\s+|t)${time})?${zone}$`,
  "i",
);
const timeOnly = new RegExp(`^${time}${zone}$`, "i");

/**
 * Reads what journalctl's --since takes (systemd.time(7)), `yesterday 02:00` and ISO 8601; the whole text must match.
 * Our own reading and not chrono's: chrono takes parts of a text for the whole, noon for a date without a time,
 * 03/04 for March 4th, and knows neither `@epoch` nor the hours that a zone skips or repeats.
 */
export function parseTime(text: string, context: TimeContext): EpochMs {
  const trimmed = text.trim();
  const atMs =
    parseEpoch(trimmed) ?? parseRelative(trimmed, context.nowMs) ?? parseCalendar(trimmed, context);
  if (atMs !== null) return atMs;
  throw notUnderstood(text, context);
}

/** `@1395716396`, fractions allowed. */
function parseEpoch(text: string): EpochMs | null {
  const [, seconds] = /^@(-?\d{1,12}(?:\.\d{1,9})?)$/.exec(text) ?? [];
  return seconds === undefined ? null : Math.round(Number(seconds) * 1000);
}

/** `now`, `-2h`, `+1h30min`, `2h ago`, `2h left`. */
function parseRelative(text: string, nowMs: EpochMs): EpochMs | null {
  if (/^now$/i.test(text)) return nowMs;
  const [, sign, signed] = /^([+-])(.+)$/.exec(text) ?? [];
  const [, distant, way] = /^(.+?)\s+(ago|left)$/i.exec(text) ?? [];
  const span = parseSpan(signed ?? distant ?? "", "s");
  if (span === null) return null;
  const isLater = sign === "+" || way?.toLowerCase() === "left";
  return Math.round(nowMs + (isLater ? 1 : -1) * span * 1000);
}

/** The basic format of ISO 8601, `20261122T023000Z`, as the extended one. */
function toExtended(text: string): string {
  return text.replace(
    /^(\d{4})(\d{2})(\d{2})(?:t(\d{2})(\d{2})(\d{2}(?:[.,]\d{1,9})?)?(?=z|[+-]|$))?/i,
    (_whole, year: string, month: string, day: string, hour?: string, minute?: string, second?: string) =>
      `${year}-${month}-${day}${hour === undefined ? "" : `T${hour}:${minute ?? ""}`}${second === undefined ? "" : `:${second}`}`,
  );
}

function parseCalendar(given: string, context: TimeContext): EpochMs | null {
  const text = toExtended(given);
  const found = calendar.exec(text)?.groups ?? timeOnly.exec(text)?.groups;
  if (found === undefined) return null;
  const ownZone = found["offset"] === undefined ? found["zone"] : isoOffset(found["offset"]);
  const zoneName = ownZone ?? context.zone;
  try {
    const day =
      found["year"] === undefined
        ? today(context.nowMs, zoneName).add({
            days: daysFromToday.get(found["word"]?.toLowerCase() ?? "") ?? 0,
          })
        : Temporal.PlainDate.from(
            { year: fullYear(found["year"]), month: Number(found["month"]), day: Number(found["day"]) },
            { overflow: "reject" },
          );
    const named = found["weekday"] === undefined ? 0 : weekdays.indexOf(found["weekday"].toLowerCase()) + 1;
    if (named !== 0 && named !== day.dayOfWeek)
      throw new UsageError("bad-time", `${context.option}: ${day.toString()} is not a ${found["weekday"]}`);
    const clock = Temporal.PlainTime.from(
      {
        hour: Number(found["hour"] ?? 0),
        minute: Number(found["minute"] ?? 0),
        second: Number(found["second"] ?? 0),
        millisecond: Math.floor(Number(`0${(found["fraction"] ?? "").replace(",", ".")}`) * 1000),
      },
      { overflow: "reject" },
    );
    return instantOf(day.toPlainDateTime(clock), zoneName, context.end);
  } catch (error) {
    if (error instanceof RangeError) return null; // no such day, hour or zone
    throw error;
  }
}

/** Two digits as strptime's %y reads them: 69 to 99 are of the last century. */
function fullYear(text: string): number {
  const year = Number(text);
  return text.length > 2 ? year : year + (year < 69 ? 2000 : 1900);
}

function today(nowMs: EpochMs, zoneName: string): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(Math.floor(nowMs)).toZonedDateTimeISO(zoneName).toPlainDate();
}

/** `Z`, `+08`, `+0800` as Temporal names offsets: `UTC`, `+08:00`. */
function isoOffset(text: string): string {
  if (/^z$/i.test(text)) return "UTC";
  return `${text.slice(0, 3)}:${text.slice(3).replace(":", "") || "00"}`;
}

/** Day and month of a date whose writer and reader may differ on which is first: `03/04/2026`, `3.4.2026`. */
const doubtful = /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4})\b/;

function notUnderstood(text: string, { option }: TimeContext): UsageError {
  const [, first = "", , second = "", year] = doubtful.exec(text.trim()) ?? [];
  const readings = [...new Set([`${first}-${second}`, `${second}-${first}`])]
    .map((monthAndDay) => monthAndDay.split("-").map(Number))
    .filter(([month = 0, day = 0]) => month >= 1 && month <= 12 && day >= 1 && day <= 31)
    .map((parts) => [year, ...parts.map((part) => String(part).padStart(2, "0"))].join("-"));
  if (year !== undefined && readings.length > 0)
    return new UsageError(
      "bad-time",
      `${option}: date "${text}" ${readings.length === 1 ? "is written another way" : "has two readings"}`,
      { hint: `write ${readings.join(" or ")}` },
    );
  return new UsageError("bad-time", `${option}: time "${text}" is not understood`, {
    hint: 'write 2026-11-22, "2026-11-22 02:30", yesterday, -2h, "2h ago", @1395716396 or 2026-11-22T02:30:00+08:00',
  });
}
