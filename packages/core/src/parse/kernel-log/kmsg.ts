import { blankRecord, type KernelRecord } from "../../model/kernel-record.ts";
import type { LogFormat, ReadLines } from "./log-format.ts";
import { splitPriority } from "./priority.ts";
import { unescapeText } from "./unescape.ts";

/** `6,339,5140900,-,caller=T1;NET: Registered protocol family 10` (Documentation/ABI/testing/dev-kmsg). */
const prefixPattern = /^(\d{1,5}),(\d{1,20}),(\d{1,20}),([^;]{0,200});/;

/** Records of /dev/kmsg as read(2) gives them, since Linux 3.5. */
export const kmsgFormat: LogFormat = {
  name: "kmsg",
  isTelling: (line) => prefixPattern.test(line),
  beginsRecord: (line) => prefixPattern.test(line),
  needsAll: false,
  read: readKmsg,
};

function readKmsg(lines: readonly string[], from: number): ReadLines {
  const records: KernelRecord[] = [];
  let unread = 0;
  let lastSeq: number | null = null;
  for (const [at, line] of lines.entries()) {
    const prefix = prefixPattern.exec(line);
    if (prefix === null) {
      // ` SUBSYSTEM=net`: the dictionary of the record before.
      if (line !== "" && !line.startsWith(" ")) unread += 1;
      continue;
    }
    const record = toRecord(prefix, line, from + at);
    const last = records.at(-1);
    const isAfterHole: boolean = lastSeq !== null && record.seq !== null && record.seq > lastSeq + 1;
    lastSeq = record.seq ?? lastSeq;
    // "+" continues the fragment before it (until Linux 4.9); a "c" is its first one there, and an orphan since.
    if (prefix[4]?.startsWith("+") === true && last !== undefined && !isAfterHole) {
      records[records.length - 1] = { ...last, text: last.text + record.text };
    } else {
      records.push(record);
    }
  }
  return { records, unread };
}

function toRecord(
  [prefix, priority, seq, stamp, flags = ""]: RegExpExecArray,
  line: string,
  at: number,
): KernelRecord {
  return {
    ...blankRecord,
    ...splitPriority(priority),
    seq: exactNumber(seq),
    stampUs: exactNumber(stamp),
    caller: /caller=([TC]\d+)/.exec(flags)?.[1] ?? null,
    text: unescapeText(line.slice(prefix.length)),
    line: at,
  };
}

/** Null where a number cannot hold the digits exactly: an unsteady clock early in the boot prints nearly 2^64 ns. */
function exactNumber(digits: string | undefined): number | null {
  const value = Number(digits);
  return Number.isSafeInteger(value) ? value : null;
}
