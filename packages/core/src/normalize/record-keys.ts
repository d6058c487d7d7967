import { hash } from "node:crypto";
import type { KernelRecord } from "../model/kernel-record.ts";

/** Names a record within its boot: stamp, text hash and ordinal, so that dmesg and /dev/kmsg name it alike. */
export type RecordKeyOf = (record: KernelRecord) => string;

/**
 * Keys for the records of one log. The ordinal counts identical (stamp, text) pairs before the record;
 * those stand next to each other where there are stamps, and anywhere where there are none: `counted` goes on with
 * what was counted in stretches of the log before.
 * Never a wall time: `dmesg -T` gives the same record another second on the next run.
 */
export function recordKeysOf(
  records: readonly KernelRecord[],
  counted: Map<string, number> = new Map(),
): RecordKeyOf {
  const ordinals = ordinalsOf(records, counted);
  return (record) =>
    `${record.stampUs ?? "-"}.${textHash(record.text)}.${ordinals.get(placeOf(record)) ?? 0}`;
}

/** A hash of what a record says, the same from every carrier: they differ in trailing blanks and in indents. */
export function textHash(text: string): string {
  return hash("sha256", text.replaceAll(/\s+/g, " ").trimEnd()).slice(0, 16);
}

/** A record may be read anew from its line; two that were glued together share the line and differ in stamp. */
function placeOf({ line, stampUs }: KernelRecord): string {
  return `${line}.${stampUs ?? "-"}`;
}

/** Ordinals other than 0, in one pass: a host may send a log of nothing but repeats. */
function ordinalsOf(
  records: readonly KernelRecord[],
  unstamped: Map<string, number>,
): ReadonlyMap<string, number> {
  const ordinals = new Map<string, number>();
  let stamped = new Map<string, number>();
  for (const [place, record] of records.entries()) {
    const { stampUs, text, written } = record;
    // Known again by its calendar time.
    if (stampUs === null && written !== null) continue;
    const isAfterEqual = stampUs !== null && records[place - 1]?.stampUs === stampUs;
    // Nearly every record has a stamp of its own, and needs no counting.
    if (stampUs !== null && !isAfterEqual && records[place + 1]?.stampUs !== stampUs) continue;
    if (stampUs !== null && !isAfterEqual) stamped = new Map();
    const counts = stampUs === null ? unstamped : stamped;
    const ordinal = counts.get(text) ?? 0;
    counts.set(text, ordinal + 1);
    if (ordinal > 0) ordinals.set(placeOf(record), ordinal);
  }
  return ordinals;
}
