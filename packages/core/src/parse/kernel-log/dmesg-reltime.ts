import { blankRecord, type KernelRecord, type WrittenTime } from "../../model/kernel-record.ts";
import type { LogFormat, ReadLines } from "./log-format.ts";
import { monthOf } from "./month-of.ts";
import { facilityOf, levelOf } from "./priority.ts";
import { unescapeText } from "./unescape.ts";
import { writtenOf } from "./written-of.ts";

/** `kern  :info  : [Feb13 23:31] `, `[  +0.000012] ` (util-linux, print_record, DMESG_TIMEFTM_RELTIME). */
const prefixPattern =
  /^(?:([a-z0-9]{3,8}) *:([a-z]{3,6}) *: ?)?\[(?:([^\s\d\]]{3,12}|\d{1,2}[月월]) {0,2}(\d{1,2}) (\d\d):(\d\d)| {0,8}\+(\d{1,12})\.(\d{6}))\](?: ?\[ {0,8}([TC]\d{1,10})\])? ?/;

/**
 * `dmesg -e`, `-H`: the first record of a minute bears that minute, the others the time since the one before. A record
 * before the first minute has no time.
 */
export const dmesgReltimeFormat: LogFormat = {
  name: "dmesg-reltime",
  isTelling: (line) => prefixPattern.test(line),
  beginsRecord: (line) => prefixPattern.test(line),
  needsAll: true,
  read,
};

function read(lines: readonly string[], from: number): ReadLines {
  const records: KernelRecord[] = [];
  let unread = 0;
  let minute: WrittenTime | null = null;
  let sinceUs = 0;
  for (const [index, line] of lines.entries()) {
    const found = prefixPattern.exec(line);
    if (found === null) {
      const last = records.at(-1);
      if (line === "") continue;
      if (last === undefined) unread += 1;
      else records[records.length - 1] = { ...last, text: `${last.text}\n${unescapeText(line.trimStart())}` };
      continue;
    }
    const [prefix, facility, level, month, day, hour, minutes, seconds, fraction, caller = null] = found;
    if (month === undefined) {
      sinceUs += Number(`${seconds ?? ""}${fraction ?? ""}`);
    } else {
      minute = minuteOf(month, Number(day), Number(hour), Number(minutes));
      sinceUs = 0;
    }
    records.push({
      ...blankRecord,
      facility: facility === undefined ? null : facilityOf(facility),
      level: level === undefined ? null : levelOf(level),
      written: minute === null ? null : { ...minute, localMs: minute.localMs + sinceUs / 1000 },
      caller,
      text: unescapeText(line.slice(prefix.length)),
      line: from + index,
    });
  }
  return { records, unread };
}

/** A minute is all that is known of the first record in it, and so of those counted from it. */
function minuteOf(month: string, day: number, hour: number, minute: number): WrittenTime | null {
  const parts = { year: null, month: monthOf(month), day, hour, minute, second: 0 };
  const written = writtenOf({ ...parts, fraction: undefined, offsetS: null }, "derived");
  return written === null ? null : { ...written, resolutionS: 60 };
}
