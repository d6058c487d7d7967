import type { KernelRecord } from "../../model/kernel-record.ts";
import type { LogFormat, ReadLines } from "./log-format.ts";
import { stampPattern, toMicros } from "./stamp.ts";
import { unescapeText } from "./unescape.ts";

/** `<6>` of `dmesg -r`: facility * 8 + level (RFC 5424, 6.2.1). */
const rawPriority = /^<(\d{1,4})>/;
/** `kern  :info  : ` of `dmesg -x` (util-linux, print_record). */
const decodedPriority = /^([a-z0-9]{3,8}) *:(emerg|alert|crit|err|warn|notice|info|debug) *: ?/;
const levels = ["emerg", "alert", "crit", "err", "warn", "notice", "info", "debug"];
const facilities = ["kern", "user", "mail", "daemon", "auth", "syslog", "lpr", "news", "uucp", "cron", "authpriv", "ftp"];
/** Two records glued together by a console: the second one's stamp stands inside the first one's text. */
const gluedStamp = /\s(?=\[ {0,12}\d{1,10}\.\d{6}\] \S)/;

/** `[Sun Apr 19 02:57:58 2015] `, `2015-04-19T02:57:58,…`, `Apr 19 02:57:58 `: calendar times of other formats. */
const calendarStamp = /^(?:\[[^\]\d]{2,12} [^\]]{4,20}:\d\d|\d{4}-\d\d-\d\dT\d\d:|[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:)/;

interface Peeled {
  readonly level: number | null;
  readonly facility: number | null;
  readonly stampUs: number | null;
  readonly caller: string | null;
  readonly text: string;
}

/** `dmesg`, plain, `-r` and `-x`, with or without stamps and caller ids; busybox too. */
export const dmesgFormat: LogFormat = {
  name: "dmesg",
  isTelling: (line) => peel(line).stampUs !== null || rawPriority.test(line),
  read: readDmesg,
};

function readDmesg(lines: readonly string[]): ReadLines {
  const hasStamps = lines.some((line) => peel(line).stampUs !== null);
  const records: KernelRecord[] = [];
  let unread = 0;
  for (const [at, line] of lines.entries()) {
    if (line === "") continue;
    const peeled = peel(line);
    if (peeled.stampUs === null && calendarStamp.test(peeled.text)) {
      unread += 1;
      continue;
    }
    const last = records.at(-1);
    if (hasStamps && peeled.stampUs === null && peeled.level === null) {
      // A line of a record of several lines, or what a wrapped ring left of the first line.
      if (last === undefined) unread += 1;
      else records[records.length - 1] = { ...last, text: `${last.text}\n${line.trimStart()}` };
      continue;
    }
    const parts = peeled.text.includes(" [") ? peeled.text.split(gluedStamp) : [peeled.text];
    records.push(toRecord(peeled, parts[0] ?? "", at));
    for (const part of parts.slice(1)) {
      const glued = peel(part);
      records.push(toRecord({ ...glued, level: null }, glued.text, at));
    }
  }
  return { records, unread };
}

function toRecord({ level, facility, stampUs, caller }: Peeled, text: string, line: number): KernelRecord {
  return { seq: null, stampUs, level, facility, caller, text: unescapeText(text), line };
}

function peel(line: string): Peeled {
  let rest = line;
  let level: number | null = null;
  let facility: number | null = null;
  const raw = line.startsWith("<") ? rawPriority.exec(rest) : null;
  const decoded = line.startsWith("[") || raw !== null ? null : decodedPriority.exec(rest);
  if (raw !== null) {
    level = Number(raw[1]) & 7;
    facility = Number(raw[1]) >> 3;
    rest = rest.slice(raw[0].length);
  } else if (decoded !== null) {
    level = levels.indexOf(decoded[2] ?? "");
    facility = facilityOf(decoded[1] ?? "");
    rest = rest.slice(decoded[0].length);
  }
  const stamp = stampPattern.exec(rest);
  if (stamp === null) return { level, facility, stampUs: null, caller: null, text: rest };
  const [prefix, seconds = "", fraction = "", caller = null] = stamp;
  return { level, facility, stampUs: toMicros(seconds, fraction), caller, text: rest.slice(prefix.length) };
}

function facilityOf(name: string): number | null {
  const place = facilities.indexOf(name);
  if (place !== -1) return place;
  const local = /^local([0-7])$/.exec(name);
  return local === null ? null : 16 + Number(local[1]);
}
