import type { KernelRecord } from "../../model/kernel-record.ts";

/** A second stamp, inside the text of a record: ` [505756.806100] Killed process 9 (a)`. */
const gluedStamp = /\s(?=\[ {0,12}\d{1,12}\.\d{6}\](?: ?\[ {0,8}[TC]\d{1,10}\])? \S)/;
/** At most so many records stand on one line; what is behind them stays with the last one. */
const mostRecords = 64;

/**
 * The records of one line: two glued together by a console, the second one's stamp inside the first one's text, or one
 * glued to `** 3 printk messages dropped **`. Each is of the first one's facility, host and time: else a line of user
 * space could hold a kernel's.
 */
export function gluedRecords(
  record: KernelRecord,
  peel: (line: string, at: number) => KernelRecord | null,
): readonly KernelRecord[] {
  if (!record.text.includes(" [")) return [record];
  const [first = "", ...parts] = record.text.split(gluedStamp, mostRecords);
  if (parts.length === 0) return [record];
  const glued = parts.flatMap((part) => {
    const own = peel(part, record.line);
    return own === null
      ? []
      : [{ ...record, stampUs: own.stampUs, caller: own.caller, level: null, text: own.text }];
  });
  return [{ ...record, text: first.trimEnd() }, ...glued];
}
