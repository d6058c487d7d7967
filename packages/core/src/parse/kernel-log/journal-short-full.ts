import { journalMark } from "./journal-mark.ts";
import { lineFormat } from "./line-format.ts";
import type { LogFormat } from "./log-format.ts";
import { type SyslogHead, syslogRecord } from "./syslog-record.ts";
import { peelTag } from "./tag.ts";
import { offsetOf, writtenOf } from "./written-of.ts";

/** `Thu 2023-02-02 11:49:13 CET ` (format_timestamp, systemd): of the zones only UTC and numbers say an offset. */
const headPattern =
  /^[^\s\d[<]{1,12} (\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))? ([A-Z]{2,6}|[+-]\d\d(?::?\d\d)?) /;
/** `1689123456.123456 `: seconds since 1970 (`-o short-unix`). */
const unixPattern = /^(\d{9,11})\.(\d{6}) /;

/** `journalctl -o short-full`. */
export const journalShortFullFormat: LogFormat = taggedFormat("journal-short-full", fullHead);

/** `journalctl -o short-unix`. */
export const journalShortUnixFormat: LogFormat = taggedFormat("journal-short-unix", unixHead);

function taggedFormat(
  name: "journal-short-full" | "journal-short-unix",
  headOf: (line: string) => SyslogHead | null,
): LogFormat {
  return lineFormat({
    name,
    peel: (line, at) => {
      const head = headOf(line);
      return head === null ? null : syslogRecord(line, at, head);
    },
    isTelling: (line) => {
      const head = headOf(line);
      return head !== null && peelTag(line, head.end) !== null;
    },
    mark: journalMark,
  });
}

function fullHead(line: string): SyslogHead | null {
  const found = headPattern.exec(line);
  if (found === null) return null;
  const [whole, year, month, day, hour, minute, second, fraction, zone] = found;
  const written = writtenOf(
    {
      year: Number(year),
      month: Number(month),
      day: Number(day),
      hour: Number(hour),
      minute: Number(minute),
      second: Number(second),
      fraction,
      offsetS: zone === "UTC" || zone === "GMT" ? 0 : offsetOf(zone),
    },
    "received",
  );
  return { written, priority: undefined, end: whole.length };
}

function unixHead(line: string): SyslogHead | null {
  const found = unixPattern.exec(line);
  if (found === null) return null;
  const localMs = Number(found[1]) * 1000 + Number(found[2]) / 1000;
  const written = { localMs, hasYear: true, offsetS: 0, resolutionS: 1e-6, by: "received" } as const;
  return { written, priority: undefined, end: found[0].length };
}
