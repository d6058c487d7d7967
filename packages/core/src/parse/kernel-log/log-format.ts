import type { KernelRecord, LogFormatName } from "../../model/kernel-record.ts";

/** What a format made of lines that stand together in a log. */
export interface ReadLines {
  readonly records: readonly KernelRecord[];
  /** Lines that no record could take. */
  readonly unread: number;
}

/** One way to write a kernel log down: one row of the table in detect-format.ts, one file. */
export interface LogFormat {
  readonly name: LogFormatName;
  /** Whether one line, taken alone, could only be of this format. */
  readonly isTelling: (line: string) => boolean;
  /** Whether a record begins with this line: what is read together begins with such a line. */
  readonly beginsRecord: (line: string) => boolean;
  /** True where a record can only be read with all before it (`dmesg -e` counts from the last full minute). */
  readonly needsAll: boolean;
  /** Reads lines that stand together; `from` is the 0-based number of the first in the input. */
  readonly read: (lines: readonly string[], from: number) => ReadLines;
}
