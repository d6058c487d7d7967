import type { KernelRecord } from "../../model/kernel-record.ts";
import { lineFormat } from "./line-format.ts";
import type { LogFormat } from "./log-format.ts";
import { monthOf } from "./month-of.ts";
import { type SyslogHead, syslogRecord } from "./syslog-record.ts";
import { priorityWord } from "./tag.ts";
import { writtenOf } from "./written-of.ts";

/** `Mon Apr 12 18:29:48 2021 kern.warn kernel: [  267.720081] msg` (logread.c of ubox, ctime), or without the time. */
const headPattern = new RegExp(
  `^(?:[^\\s\\d[<]{1,12} ([^\\s\\d[<]{3,12}) {1,2}(\\d{1,2}) (\\d\\d):(\\d\\d):(\\d\\d) (\\d{4}) )?(?=${priorityWord} [^\\s:[]{1,64}(?:\\[[^\\]\\s]{0,32}\\])?: )`,
);

/** `logread` of OpenWrt. */
export const openwrtFormat: LogFormat = lineFormat({ name: "openwrt", peel });

function peel(line: string, at: number): KernelRecord | null {
  const head = headOf(line);
  return head === null ? null : syslogRecord(line, at, head);
}

function headOf(line: string): SyslogHead | null {
  const found = headPattern.exec(line);
  if (found === null) return null;
  const [whole, month, day, hour, minute, second, year] = found;
  const written =
    month === undefined
      ? null
      : writtenOf(
          {
            year: Number(year),
            month: monthOf(month),
            day: Number(day),
            hour: Number(hour),
            minute: Number(minute),
            second: Number(second),
            fraction: undefined,
            offsetS: null,
          },
          "received",
        );
  return { written, priority: undefined, end: whole.length };
}
