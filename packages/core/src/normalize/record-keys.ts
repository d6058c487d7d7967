import { hash } from "node:crypto";
import type { KernelRecord } from "../model/kernel-record.ts";

/** Names a record within its boot: stamp, text hash and ordinal, so that dmesg and /dev/kmsg name it alike. */
export type RecordKeyOf = (record: KernelRecord) => string;

/**
 * Keys for the records of one log. The ordinal counts identical (stamp, text) pairs before the record;
 * those stand next to each other where there are stamps, and anywhere where there are none.
 * Never a wall time: `dmesg -T` gives the same record another second on the next run.
 */
export function recordKeysOf(records: readonly KernelRecord[]): RecordKeyOf {
  const ordinals = ordinalsOf(records);
  return (record) => {
    // Trailing blanks and continuation indents differ between carriers of the same record.
    const text = record.text.replaceAll(/\s+/g, " ").trimEnd();
    return `${record.stampUs ?? "-"}.${hash("sha256", text).slice(0, 16)}.${ordinals.get(record) ?? 0}`;
  };
}

/** Ordinals other than 0, in one pass: a host may send a log of nothing but repeats. */
function ordinalsOf(records: readonly KernelRecord[]): ReadonlyMap<KernelRecord, number> {
  const ordinals = new Map<KernelRecord, number>();
  const unstamped = new Map<string, number>();
  let stamped = new Map<string, number>();
  for (const [place, record] of records.entries()) {
    const { stampUs, text } = record;
    const isAfterEqual = stampUs !== null && records[place - 1]?.stampUs === stampUs;
    // Nearly every record has a stamp of its own, and needs no counting.
    if (stampUs !== null && !isAfterEqual && records[place + 1]?.stampUs !== stampUs) continue;
    if (stampUs !== null && !isAfterEqual) stamped = new Map();
    const counts = stampUs === null ? unstamped : stamped;
    const ordinal = counts.get(text) ?? 0;
    counts.set(text, ordinal + 1);
    if (ordinal > 0) ordinals.set(record, ordinal);
  }
  return ordinals;
}
