import { blankRecord, type KernelRecord, type WrittenTime } from "../../model/kernel-record.ts";
import { writtenByCtime, writtenByIso } from "./dmesg-calendar.ts";
import { facilityOf, levelOf, splitPriority } from "./priority.ts";
import { stampBehind, stampedLine, toMicros } from "./stamp.ts";
import { unescapeText } from "./unescape.ts";

/** `<6>` of `dmesg -r`. */
const rawPriority = /^<(\d{1,4})>/;
/** `kern  :info  : ` of `dmesg -x` (util-linux, print_record). */
const decodedPriority = /^([a-z0-9]{3,8}) *:(emerg|alert|crit|err|warn|notice|info|debug) *: ?/;
/**
 * `[Sun Apr 19 02:57:58 2015] ` of `dmesg -T` (util-linux, record_ctime), in any language:
 * `[Di Aug 12 03:54:03 2025] `, `[月  1月 26 01:49:41 2026] `, with `-d` `[Sun Apr 19 02:57:58 2015 <    0.000012>] `.
 */
const ctime =
  /\[([^\]:<]{3,40}) (\d\d):(\d\d):(\d\d) (\d{4})(?: <[ \d.]{1,20}>)?\](?: ?\[ {0,8}([TC]\d{1,10})\])? ?/y;
/** `2026-02-13T22:11:00,123456+01:00 ` of `dmesg --time-format iso`: the comma is dmesg's own (iso_8601_time). */
const iso =
  /(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d),(\d{1,9})(Z|[+-]\d\d:?\d\d)(?: \[ {0,8}([TC]\d{1,10})\])? ?/y;
/** `[<    0.000012>] `: `dmesg -d` without any other time. */
const delta = /\[< {0,12}[\d.]{1,20}>\] ?/y;
/** `** 3 printk messages dropped ** ` (console_unlock, kernel/printk/printk.c), a record often glued behind it. */
const dropped = /^\*\* (?:\d{1,10} printk messages dropped|replaying previous printk message) \*\*/;
/** A calendar time or a delta beside a stamp, where several were asked for by several `--time-format`s. */
const besideStamp =
  /\[(?:< {0,12}[\d.]{1,20}>\]|[^\]:<\d\s][^\]:<]{2,39} \d\d:\d\d:\d\d \d{4})|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d,/y;
/**
 * `login: [   12.345678] `, `host # [   12.345678] `: a prompt on a serial console, the kernel's line behind it. Never
 * behind blanks: a line that continues another record begins with them.
 */
const prompt = /^[^\s[].{0,80}?(?:login:|[#$>|]) {1,3}(?=\[ {0,12}\d{1,12}\.\d{6}\])/;

/** So many times a prefix may hold. */
const mostTimes = 6;
const bracket = "[".charCodeAt(0);
const digitTwo = "2".charCodeAt(0);
const blank = " ".charCodeAt(0);

/** One line of any of dmesg's forms without its prefix, or null when it has none. */
export function peelDmesg(line: string, at: number): KernelRecord | null {
  // One pattern for nearly every line there is: a log has thousands.
  const found = stampedLine.exec(line);
  if (found === null || isFurtherTime(line, found[0].length)) return peelSlowly(line, at);
  const [prefix, raw, seconds = "", fraction = "", caller = null] = found;
  return {
    ...blankRecord,
    ...splitPriority(raw),
    stampUs: toMicros(seconds, fraction),
    caller,
    text: unescapeText(line.slice(prefix.length)),
    line: at,
  };
}

function isFurtherTime(line: string, at: number): boolean {
  const code = line.charCodeAt(at);
  if (code !== bracket && code !== digitTwo) return false;
  besideStamp.lastIndex = at;
  return besideStamp.test(line);
}

function peelSlowly(line: string, at: number): KernelRecord | null {
  const isTimeFirst = line.charCodeAt(0) === bracket;
  if (!isTimeFirst && dropped.test(line)) return { ...blankRecord, text: line, line: at };
  const raw = isTimeFirst ? null : rawPriority.exec(line);
  const decoded = isTimeFirst || raw !== null ? null : decodedPriority.exec(line);
  const start = isTimeFirst ? 0 : ((raw ?? decoded ?? prompt.exec(line))?.[0].length ?? 0);
  const times = peelTimes(line, start);
  if (times.end === 0) return null;
  return {
    ...blankRecord,
    ...splitPriority(raw?.[1]),
    ...(decoded !== null && { facility: facilityOf(decoded[1] ?? ""), level: levelOf(decoded[2] ?? "") }),
    stampUs: times.stampUs,
    written: times.written,
    caller: times.caller,
    text: unescapeText(line.slice(times.end)),
    line: at,
  };
}

interface Times {
  readonly stampUs: number | null;
  readonly written: WrittenTime | null;
  readonly caller: string | null;
  /** Index behind the last of them. */
  readonly end: number;
}

/** Every time that stands before the text, in whatever order they were asked for. */
function peelTimes(line: string, start: number): Times {
  let [end, caller]: [number, string | null] = [start, null];
  let stampUs: Times["stampUs"] = null;
  let written: Times["written"] = null;
  let hasStamp = false;
  for (let count = 0; count < mostTimes && mayBeTime(line.charCodeAt(end)); count += 1) {
    const stamp = hasStamp ? null : execAt(stampBehind, line, end);
    const calendar = stamp === null ? execAt(ctime, line, end) : null;
    const isoTime = stamp === null && calendar === null ? execAt(iso, line, end) : null;
    const found = stamp ?? calendar ?? isoTime ?? execAt(delta, line, end);
    if (found === null) break;
    if (stamp !== null) {
      hasStamp = true;
      stampUs = toMicros(stamp[2] ?? "", stamp[3] ?? "");
      caller = stamp[4] ?? caller;
    } else if (calendar !== null) {
      written = writtenByCtime(calendar);
      caller = calendar[6] ?? caller;
    } else if (isoTime !== null) {
      written = writtenByIso(isoTime);
      caller = isoTime[9] ?? caller;
    }
    end += found[0].length;
  }
  return { stampUs, written, caller, end };
}

function mayBeTime(code: number): boolean {
  return code === bracket || code === digitTwo || code === blank;
}

function execAt(pattern: RegExp, line: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(line);
}
