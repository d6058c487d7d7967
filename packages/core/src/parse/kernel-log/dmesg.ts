import type { KernelRecord } from "../../model/kernel-record.ts";
import type { LogFormat, ReadLines } from "./log-format.ts";
import { stampPattern, stampedLine, toMicros } from "./stamp.ts";
import { unescapeText } from "./unescape.ts";

/** `<6>` of `dmesg -r`: facility * 8 + level (RFC 5424, 6.2.1). */
const rawPriority = /^<(\d{1,4})>/;
/** `kern  :info  : ` of `dmesg -x` (util-linux, print_record). */
const decodedPriority = /^([a-z0-9]{3,8}) *:(emerg|alert|crit|err|warn|notice|info|debug) *: ?/;
const levels = ["emerg", "alert", "crit", "err", "warn", "notice", "info", "debug"];
/** As util-linux names them; after them come local0 to local7. */
const facilities = [
  "kern",
  "user",
  "mail",
  "daemon",
  "auth",
  "syslog",
  "lpr",
  "news",
  "uucp",
  "cron",
  "authpriv",
  "ftp",
  "res0",
  "res1",
  "res2",
  "res3",
];
/** Two records glued together by a console: the second one's stamp stands inside the first one's text. */
const gluedStamp = /\s(?=\[ {0,12}\d{1,12}\.\d{6}\] \S)/;

/** `[Sun Apr 19 02:57:58 2015] `, `2015-04-19T02:57:58,…`, `Apr 19 02:57:58 `: calendar times of other formats. */
const calendarStamp =
  /^(?:\[[^\]\d]{2,12} [^\]]{4,20}:\d\d|\d{4}-\d\d-\d\dT\d\d:|[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:)/;

interface Peeled {
  readonly level: number | null;
  readonly facility: number | null;
  readonly stampUs: number | null;
  readonly caller: string | null;
  readonly text: string;
  /** Whether the line begins a record: a stamp or a level stands before its text. */
  readonly isPrefixed: boolean;
}

/** `dmesg`, plain, `-r` and `-x`, with or without stamps and caller ids; busybox too. */
export const dmesgFormat: LogFormat = {
  name: "dmesg",
  isTelling: (line) => peel(line).isPrefixed,
  read: readDmesg,
};

function readDmesg(lines: readonly string[]): ReadLines {
  const hasPrefixes = mostArePrefixed(lines);
  const records: KernelRecord[] = [];
  let unread = 0;
  let isAfterUnread = true;
  for (const [at, line] of lines.entries()) {
    if (line === "") continue;
    const peeled = peel(line);
    const last = records.at(-1);
    if (peeled.stampUs === null && calendarStamp.test(peeled.text)) {
      unread += 1;
      isAfterUnread = true;
      continue;
    }
    const isContinuation = !peeled.isPrefixed && (hasPrefixes || (isAfterUnread && unread > 0));
    if (isContinuation) {
      // A line of a record of several lines, or what a wrapped ring left of the first line.
      if (last === undefined || isAfterUnread) unread += 1;
      else records[records.length - 1] = { ...last, text: `${last.text}\n${unescapeText(line.trimStart())}` };
      continue;
    }
    isAfterUnread = false;
    if (peeled.text.includes(" [")) {
      const [first = "", ...glued] = peeled.text.split(gluedStamp);
      records.push(toRecord(peeled, first, at));
      for (const part of glued) {
        // Of the same facility: else a line of user space could hold a kernel's.
        const own = peel(part);
        records.push(toRecord({ ...own, level: null, facility: peeled.facility }, own.text, at));
      }
    } else {
      records.push(toRecord(peeled, peeled.text, at));
    }
  }
  return { records, unread, lostInside: null };
}

/** So many lines tell whether a log has prefixes. */
const sampleLines = 1000;

/** Lines that continue a record are indented; of the others nearly all have a prefix, or none has. */
function mostArePrefixed(lines: readonly string[]): boolean {
  const sample = lines.slice(0, sampleLines).filter((line) => /^\S/.test(line));
  return sample.filter((line) => peel(line).isPrefixed).length * 2 > sample.length;
}

function toRecord({ level, facility, stampUs, caller }: Peeled, text: string, line: number): KernelRecord {
  return { seq: null, stampUs, level, facility, caller, text: unescapeText(text), line };
}

function peel(line: string): Peeled {
  // One pattern for nearly every line there is: a log has thousands.
  const found = stampedLine.exec(line);
  if (found !== null) {
    const [prefix, raw, seconds = "", fraction = "", caller = null] = found;
    const priority = raw === undefined ? null : Number(raw);
    return {
      level: priority === null ? null : priority & 7,
      facility: priority === null ? null : priority >> 3,
      stampUs: toMicros(seconds, fraction),
      caller,
      text: line.slice(prefix.length),
      isPrefixed: true,
    };
  }
  const raw = rawPriority.exec(line);
  if (raw !== null) {
    const priority = Number(raw[1]);
    return {
      level: priority & 7,
      facility: priority >> 3,
      stampUs: null,
      caller: null,
      text: line.slice(raw[0].length),
      isPrefixed: true,
    };
  }
  const decoded = decodedPriority.exec(line);
  if (decoded === null) {
    return { level: null, facility: null, stampUs: null, caller: null, text: line, isPrefixed: false };
  }
  const rest = line.slice(decoded[0].length);
  const [prefix = "", seconds = "", fraction = "", caller = null] = stampPattern.exec(rest) ?? [];
  return {
    level: levels.indexOf(decoded[2] ?? ""),
    facility: facilityOf(decoded[1] ?? ""),
    stampUs: prefix === "" ? null : toMicros(seconds, fraction),
    caller,
    text: rest.slice(prefix.length),
    isPrefixed: true,
  };
}

function facilityOf(name: string): number | null {
  const place = facilities.indexOf(name);
  if (place !== -1) return place;
  const local = /^local([0-7])$/.exec(name);
  return local === null ? null : 16 + Number(local[1]);
}
