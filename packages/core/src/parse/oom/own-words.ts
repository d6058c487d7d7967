import type { KernelRecord } from "../../model/kernel-record.ts";
import { isKernels } from "../../model/kernel-record.ts";
import { parseLossMark } from "./lines/loss-mark.ts";

/**
 * The records in which the kernel speaks itself, each once: what user space wrote is refused, a console's marks of
 * loss are taken off, and a record that is there again with the same stamp and words (a console that replays, a log
 * that overlaps another) is passed over.
 */
export function ownWords(records: readonly KernelRecord[]): readonly KernelRecord[] {
  const own: KernelRecord[] = [];
  const isRepeated = repeatFinder(own);
  for (const record of records) {
    if (!isKernels(record)) continue;
    const said = withoutMark(record);
    if (said !== null && !isRepeated(said)) own.push(said);
  }
  return own;
}

function withoutMark(record: KernelRecord): KernelRecord | null {
  const mark = parseLossMark(record.text);
  if (mark === null) return record;
  return mark.rest === "" ? null : { ...record, text: mark.rest, stampUs: record.stampUs ?? mark.stampUs };
}

/**
 * Stamps rise in a log: a record can only be there again where its stamp does not, and only then are the words of the
 * records before it gone through.
 */
function repeatFinder(own: readonly KernelRecord[]): (record: KernelRecord) => boolean {
  let latestUs = 0;
  let words: Set<string> | null = null;
  let indexed = 0;
  return (record) => {
    const { stampUs } = record;
    // Before the clock runs every record has the stamp 0.
    if (stampUs === null || stampUs === 0) return false;
    if (stampUs > latestUs) {
      latestUs = stampUs;
      return false;
    }
    if (stampUs === latestUs && words === null) {
      const isAgain = isInRun(own, record);
      if (isAgain !== null) return isAgain;
    }
    words ??= new Set();
    for (; indexed < own.length; indexed += 1) {
      const before = own[indexed];
      if (before !== undefined && before.stampUs !== null) words.add(wordsOf(before));
    }
    return words.has(wordsOf(record));
  };
}

/** A few records with one stamp are common; this many are gone through without an index. */
const longestRun = 16;

/** Whether the last records, which have the same stamp, hold this one; null where they are too many to tell. */
function isInRun(own: readonly KernelRecord[], record: KernelRecord): boolean | null {
  for (let back = 1; back <= longestRun; back += 1) {
    const before = own[own.length - back];
    if (before === undefined || before.stampUs !== record.stampUs) return false;
    if (before.text === record.text && before.caller === record.caller) return true;
  }
  return null;
}

function wordsOf({ stampUs, bootId, caller, text }: KernelRecord): string {
  return `${stampUs} ${bootId} ${caller} ${text}`;
}
