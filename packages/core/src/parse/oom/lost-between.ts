import type { KernelRecord } from "../../model/kernel-record.ts";

/** How many records a log lacks between two of its own: a lower bound, 0 where it has no sequence numbers. */
export type LostBetween = (from: KernelRecord, to: KernelRecord) => number;

/** Counts the holes in the sequence numbers of a log. */
export function lostBetweenIn(records: readonly KernelRecord[]): LostBetween {
  const lostUpTo = new Map<KernelRecord, number>();
  let lost = 0;
  let last: { readonly seq: number; readonly line: number } | null = null;
  for (const record of records) {
    if (record.seq === null) continue;
    // Fragments joined to a record have numbers of their own, and lines.
    if (last !== null) lost += Math.max(0, record.seq - last.seq - (record.line - last.line));
    lostUpTo.set(record, lost);
    last = { seq: record.seq, line: record.line };
  }
  return (from, to) => (lostUpTo.get(to) ?? 0) - (lostUpTo.get(from) ?? 0);
}
