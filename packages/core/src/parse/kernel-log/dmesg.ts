import { blankRecord, type KernelRecord } from "../../model/kernel-record.ts";
import { peelDmesg } from "./dmesg-prefix.ts";
import { lineFormat } from "./line-format.ts";
import type { LogFormat } from "./log-format.ts";
import { peelSyslog } from "./syslog.ts";
import { unescapeText } from "./unescape.ts";

/** `kernel: Out of memory: …`: a log's lines pasted without their time and host. */
const bareTag = /^[ \t>]{0,80}(?:kernel: )?/;

const isCtime = (line: string): boolean => {
  const record = peelDmesg(line, 0);
  return (
    record !== null && record.stampUs === null && /\[[^\]:<\d\s][^\]:<]{2,39} \d\d:\d\d:\d\d \d{4}/.test(line)
  );
};

/** `dmesg`, plain, `-r`, `-x`, `-d`, `-p`, with or without stamps and caller ids; busybox and pstore too. */
export const dmesgFormat: LogFormat = lineFormat({
  name: "dmesg",
  peel: peelDmesg,
  gluesRecords: true,
  strangers: strange,
});

/** `dmesg -T`, in any language. */
export const dmesgCtimeFormat: LogFormat = lineFormat({
  name: "dmesg-ctime",
  peel: peelDmesg,
  isTelling: isCtime,
  strangers: strange,
  gluesRecords: true,
});

/** `dmesg --time-format iso`. */
export const dmesgIsoFormat: LogFormat = lineFormat({
  name: "dmesg-iso",
  peel: peelDmesg,
  isTelling: (line) =>
    /^[^[]{0,40}\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d,\d/.test(line) && peelDmesg(line, 0) !== null,
  strangers: strange,
  gluesRecords: true,
});

/** A line without dmesg's prefix: of a syslog that somebody pasted with it, or of a kernel without printk.time. */
function strange(line: string, at: number): KernelRecord {
  return peelSyslog(line, at) ?? { ...blankRecord, text: unescapeText(line.replace(bareTag, "")), line: at };
}
