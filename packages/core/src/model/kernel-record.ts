import type { Micros } from "./units.ts";

/** One printk record, its prefix peeled off. A record may hold several lines (Mem-Info does): they are joined by \n. */
export interface KernelRecord {
  /** Sequence number of /dev/kmsg since boot, or null: no form of dmesg prints it. */
  readonly seq: number | null;
  /** printk stamp: microseconds of the local clock since boot. Not a calendar time. Null without printk.time. */
  readonly stampUs: Micros | null;
  /** syslog level 0–7 (printk KERN_*), or null where the source does not say. */
  readonly level: number | null;
  /** syslog facility; 0 is the kernel. A record of another facility was written by user space. Null: not said. */
  readonly facility: number | null;
  /** printk caller id, `T9185` or `C0`, or null. */
  readonly caller: string | null;
  /** The message without prefix; \xNN escapes of /dev/kmsg undone. Hostile text. */
  readonly text: string;
  /** 0-based number of its first line in the input. */
  readonly line: number;
}

/** A kernel log as far as it could be read, with what its carrier lost. */
export interface KernelLog {
  /** What the text was recognised as. */
  readonly format: "dmesg" | "kmsg" | "journal-short-monotonic" | "empty";
  readonly records: readonly KernelRecord[];
  /** True when the log reaches back to the boot ("Linux version", or sequence 0). False: older lines are gone. */
  readonly fromBoot: boolean;
  /** Records that the sequence numbers prove lost inside this reading. Null without sequence numbers. */
  readonly lostInside: number | null;
  /** Records not of the kernel's facility: written by user space, never an incident. */
  readonly userRecords: number;
  /** Lines that no prefix rule understood and no record could take. */
  readonly unread: number;
}
