import type { KernelRecord } from "../../model/kernel-record.ts";
import { parseLossMark } from "./lines/loss-mark.ts";

/** How many records a log lacks between two of its own: a lower bound, 0 where nothing tells. */
export type LostBetween = (from: KernelRecord, to: KernelRecord) => number;

/** Counts the holes in the sequence numbers of a log, and the records that its console says it dropped. */
export function lostBetweenIn(records: readonly KernelRecord[]): LostBetween {
  const holes: { readonly line: number; readonly lost: number }[] = [];
  let lost = 0;
  let last: KernelRecord | null = null;
  for (const record of records) {
    const before = lost;
    if (record.seq !== null) {
      // Fragments joined to a record have numbers of their own, and lines.
      if (last !== null) lost += Math.max(0, record.seq - (last.seq ?? 0) - (record.line - last.line));
      last = record;
    }
    for (const line of record.text.includes("** ") ? record.text.split("\n") : []) {
      lost += parseLossMark(line)?.lost ?? 0;
    }
    if (lost > before) holes.push({ line: record.line, lost });
  }
  const lostUpTo = (line: number): number => holes.findLast((hole) => hole.line <= line)?.lost ?? 0;
  return (from, to) => lostUpTo(to.line) - lostUpTo(from.line);
}
