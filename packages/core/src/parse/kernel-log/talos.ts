import { blankRecord, type KernelRecord } from "../../model/kernel-record.ts";
import { lineFormat } from "./line-format.ts";
import type { LogFormat } from "./log-format.ts";
import { facilityOf, levelOf } from "./priority.ts";
import { offsetOf, writtenOf } from "./written-of.ts";

/** `10.200.70.91: kern:    info: [2025-06-04T04:51:57.572293906Z]: msg`; the time is boot time + stamp. */
const prefixPattern =
  /^(?:(\S{1,255}): )?([a-z0-9]{3,8}): {1,8}([a-z]{3,7}): \[(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)\]: ?/;

/** `talosctl dmesg`. */
export const talosFormat: LogFormat = lineFormat({ name: "talos", peel });

function peel(line: string, at: number): KernelRecord | null {
  const found = prefixPattern.exec(line);
  if (found === null) return null;
  const [
    prefix,
    host = null,
    facility = "",
    level = "",
    year,
    month,
    day,
    hour,
    minute,
    second,
    fraction,
    offset,
  ] = found;
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
    "derived",
  );
  return {
    ...blankRecord,
    written,
    host,
    facility: facilityOf(facility),
    level: levelOf(level),
    text: line.slice(prefix.length),
    line: at,
  };
}
