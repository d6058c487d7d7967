import type { KernelLog, KernelRecord } from "../../model/kernel-record.ts";

/** What a format made of the lines of a log. */
export interface ReadLines {
  readonly records: readonly KernelRecord[];
  /** Lines that no record could take. */
  readonly unread: number;
  /** Records that sequence numbers prove lost between the first and the last; null without such numbers. */
  readonly lostInside: number | null;
}

/** One way to write a kernel log down: one row of the table, one file. */
export interface LogFormat {
  readonly name: KernelLog["format"];
  /** Whether one line, taken alone, could only be of this format. */
  readonly isTelling: (line: string) => boolean;
  readonly read: (lines: readonly string[]) => ReadLines;
}
