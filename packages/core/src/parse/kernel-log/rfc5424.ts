import { blankRecord, type KernelRecord } from "../../model/kernel-record.ts";
import { lineFormat } from "./line-format.ts";
import type { LogFormat } from "./log-format.ts";
import { undoOctalEscapes } from "./octal-escapes.ts";
import { splitPriority } from "./priority.ts";
import { stampBehind, toMicros } from "./stamp.ts";
import { offsetOf, writtenOf } from "./written-of.ts";

/**
 * `<6>1 2026-01-02T03:04:05.6Z web01 kernel - - - msg`: priority, version, time, host, program, process id, message id
 * (RFC 5424, 6), with the octet count of RFC 6587 before it or without.
 */
const header =
  /^(?:\d{1,7} )?<(\d{1,3})>1 (?:-|(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)|\d[\d:.TZ+-]{9,40}) (\S{1,255}) (\S{1,48}) \S{1,128} \S{1,32} (?=[-[])/;

/** Syslog after RFC 5424. */
export const rfc5424Format: LogFormat = lineFormat({ name: "rfc5424", peel });

function peel(line: string, at: number): KernelRecord | null {
  const found = header.exec(line);
  if (found === null) return null;
  const [whole, digits, year, month, day, hour, minute, second, fraction, offset, host, program] = found;
  const priority = splitPriority(digits);
  const start = messageAt(line, whole.length);
  const isKernel = program === "kernel" || (program === "-" && priority.facility === 0);
  stampBehind.lastIndex = start;
  const stamp = isKernel ? stampBehind.exec(line) : null;
  return {
    ...blankRecord,
    ...priority,
    written:
      year === undefined
        ? null
        : writtenOf(
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
          ),
    host: host === undefined || host === "-" ? null : host,
    tag: isKernel ? null : (program ?? "-"),
    stampUs: stamp === null ? null : toMicros(stamp[2] ?? "", stamp[3] ?? ""),
    caller: stamp?.[4] ?? null,
    text: undoOctalEscapes(line.slice(start + (stamp?.[0].length ?? 0))),
    line: at,
  };
}

/** One element of the structured data; a value's `"`, `]` and `\` are escaped (RFC 5424, 6.3.3). */
const element = /\[[^\s\]"=]{1,64}(?: [^\s\]"=]{1,64}="(?:[^"\\]|\\.){0,4096}"){0,64}\]/y;
const byteOrderMark = "\uFEFF";

/** Index of the message behind the structured data and the byte order mark. */
function messageAt(line: string, at: number): number {
  let end = at;
  if (line.startsWith("-", at)) end += 1;
  else {
    element.lastIndex = end;
    for (let found = element.exec(line); found !== null; found = element.exec(line)) {
      end = element.lastIndex;
      element.lastIndex = end;
    }
  }
  if (line.startsWith(" ", end)) end += 1;
  return line.startsWith(byteOrderMark, end) ? end + 1 : end;
}
