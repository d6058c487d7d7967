import type { KernelRecord } from "../../model/kernel-record.ts";

/** A message put together again, and the records it came in. */
export interface JoinedLine {
  readonly text: string;
  readonly records: readonly KernelRecord[];
}

/** "oom-kill:" (since 5.0) and "Task in … killed" (until 4.18) are printed in pieces: printk, then pr_cont. */
const firstPiece = /^(?:oom-kill:|Task in )/;
const laterPiece = /^(?:,| killed as|\/)/;
/** Another CPU's lines may come in between, but not many. */
const reach = 8;

/**
 * Joins messages that came in several records. Give it each record that says nothing alone: it returns all that has
 * come of the message it belongs to, or null where it is no piece of any.
 */
export function pieceJoiner(): (record: KernelRecord, place: number) => JoinedLine | null {
  let joined: JoinedLine | null = null;
  let begun = 0;
  return (record, place) => {
    if (firstPiece.test(record.text)) {
      joined = { text: record.text, records: [record] };
      begun = place;
      return null;
    }
    if (joined === null || place - begun > reach || !laterPiece.test(record.text)) return null;
    joined = { text: joined.text + record.text, records: [...joined.records, record] };
    return joined;
  };
}
