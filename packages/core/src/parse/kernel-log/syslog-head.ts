import { monthOf } from "./month-of.ts";
import type { SyslogHead } from "./syslog-record.ts";
import { offsetOf, writtenOf } from "./written-of.ts";

/**
 * `Apr 19 02:57:58 `, `<4>Apr  9 02:57:58.123456 `, `avril 16 21:08:50 `, `9月 18 02:27:12 `, `Apr 19 2015 02:57:58 `
 * (RFC 3164, 4.1.2; strftime %b %d %T of rsyslog and of journalctl -o short).
 */
const rfc3164Pattern =
  /^(?:<(\d{1,4})>)?([^\s\d<>[\]{}"':,;=/]{3,12}|\d{1,2}[月월]) {1,2}(\d{1,2}) (?:(\d{4}) )?(\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))?:?[ \t]{1,8}/;

/** Such a head at the beginning of a line, or null. A month that nobody knows leaves the time unsaid. */
export function rfc3164Head(line: string): SyslogHead | null {
  const found = rfc3164Pattern.exec(line);
  if (found === null) return null;
  const [whole, priority, month = "", day, year, hour, minute, second, fraction] = found;
  const written = writtenOf(
    {
      year: year === undefined ? null : Number(year),
      month: monthOf(month),
      day: Number(day),
      hour: Number(hour),
      minute: Number(minute),
      second: Number(second),
      fraction,
      offsetS: null,
    },
    "received",
  );
  return { written, priority, end: whole.length };
}

/**
 * `2025-12-03T16:59:44.188875+09:00 ` (RSYSLOG_FileFormat), `2026-01-02T03:04:05+0100 ` (journalctl -o short-iso), with
 * `<n>` before it or a blank for the T.
 */
const isoPattern =
  /^(?:<(\d{1,4})>)?(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))?(Z|[+-]\d\d:?\d\d)?[ \t]{1,8}/;

/** Such a head at the beginning of a line, or null. */
export function isoHead(line: string): SyslogHead | null {
  const found = isoPattern.exec(line);
  if (found === null) return null;
  const [whole, priority, year, month, day, hour, minute, second, fraction, offset] = found;
  const written = writtenOf(
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
    "received",
  );
  return { written, priority, end: whole.length };
}

/** The time before host and tag in either form: a daemon's form changes inside a file when its system is upgraded. */
export function syslogHead(line: string): SyslogHead | null {
  return rfc3164Head(line) ?? isoHead(line);
}
