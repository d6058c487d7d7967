import type { KernelRecord } from "../../model/kernel-record.ts";
import type { LogFormat, ReadLines } from "./log-format.ts";
import { unescapeText } from "./unescape.ts";

/** `6,339,5140900,-,caller=T1;NET: Registered protocol family 10` (Documentation/ABI/testing/dev-kmsg). */
const recordPattern = /^(\d{1,5}),(\d{1,15}),(\d{1,15}),([^;]{0,200});(.*)$/;

/** Records of /dev/kmsg as read(2) gives them, since Linux 3.5. */
export const kmsgFormat: LogFormat = {
  name: "kmsg",
  isTelling: (line) => recordPattern.test(line),
  read: readKmsg,
};

function readKmsg(lines: readonly string[]): ReadLines {
  const records: KernelRecord[] = [];
  let unread = 0;
  for (const [at, line] of lines.entries()) {
    const found = recordPattern.exec(line);
    if (found === null) {
      // ` SUBSYSTEM=net`: the dictionary of the record before.
      if (line !== "" && !line.startsWith(" ")) unread += 1;
      continue;
    }
    const [, priority = "", seq = "", stamp = "", flags = "", escaped = ""] = found;
    const text = unescapeText(escaped);
    const last = records.at(-1);
    // Flag "+": continues the fragment before it (LOG_CONT, until Linux 4.9).
    if (flags.startsWith("+") && last !== undefined) {
      records[records.length - 1] = { ...last, text: last.text + text };
      continue;
    }
    records.push({
      seq: Number(seq),
      stampUs: Number(stamp),
      level: Number(priority) & 7,
      facility: Number(priority) >> 3,
      caller: /caller=([TC]\d+)/.exec(flags)?.[1] ?? null,
      text,
      line: at,
    });
  }
  return { records, unread };
}
