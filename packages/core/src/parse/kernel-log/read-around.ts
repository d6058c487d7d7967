import type { KernelRecord } from "../../model/kernel-record.ts";
import { lineEnd, lineStart, linesOf, textOfLine } from "./line-walk.ts";
import type { LogFormat } from "./log-format.ts";

/** The records that an offset of a whole log lies in; their lines are counted from `start`. */
interface AroundOffset {
  readonly records: readonly KernelRecord[];
  readonly start: number;
  readonly end: number;
}

/** Reads the lines from the beginning of the record that an offset lies in to the beginning of the next. */
export function readAround(bytes: Uint8Array, format: LogFormat, offset: number): AroundOffset {
  let start = lineStart(bytes, offset);
  while (start > 0 && !format.beginsRecord(textOfLine(bytes, start))) start = lineStart(bytes, start - 1);
  let end = lineEnd(bytes, offset);
  while (end < bytes.length && !format.beginsRecord(textOfLine(bytes, end))) end = lineEnd(bytes, end);
  return { records: format.read(linesOf(bytes.subarray(start, end)), 0).records, start, end };
}
