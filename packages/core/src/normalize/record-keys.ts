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
  return (record) => {
    let ordinal = 0;
    // From the end: most keys are asked of the newest records.
    for (let place = records.lastIndexOf(record) - 1; place >= 0; place -= 1) {
      const before = records[place];
      if (before === undefined) break;
      if (record.stampUs !== null && before.stampUs !== record.stampUs) break;
      if (before.text === record.text) ordinal += 1;
    }
    // Trailing blanks and continuation indents differ between carriers of the same record.
    const text = record.text.replaceAll(/\s+/g, " ").trimEnd();
    return `${record.stampUs ?? "-"}.${hash("sha256", text).slice(0, 16)}.${ordinal}`;
  };
}
