import type { EpochMs, Micros, Seconds } from "./units.ts";

/** A calendar time as a carrier wrote it beside a record, before its zone and year are known. */
export interface WrittenTime {
  /** The date and time written, as milliseconds since 1970 as if they were UTC; of the leap year 1972 without a year. */
  readonly localMs: EpochMs;
  /** False: no year was written (RFC 3164); `localMs` tells month, day and time of day. */
  readonly hasYear: boolean;
  /** Seconds east of UTC where the carrier wrote them; null: a local time of a zone not said. */
  readonly offsetS: Seconds | null;
  /** What one step of the last digit written is worth, seconds. */
  readonly resolutionS: Seconds;
  /** `received`: when a daemon read the record, never before it was written. `derived`: boot time + stamp (`dmesg -T`). */
  readonly by: "received" | "derived";
}

/** One printk record, its prefix peeled off. A record may hold several lines (Mem-Info does): they are joined by \n. */
export interface KernelRecord {
  /** Sequence number of /dev/kmsg since boot, or null: no form of dmesg prints it. */
  readonly seq: number | null;
  /** printk stamp: microseconds of the local clock since boot. Not a calendar time. Null without printk.time. */
  readonly stampUs: Micros | null;
  /** Calendar time that the carrier wrote beside it, or null. */
  readonly written: WrittenTime | null;
  /** syslog level 0–7 (printk KERN_*), or null where the source does not say. */
  readonly level: number | null;
  /** syslog facility; 0 is the kernel. A record of another facility was written by user space. Null: not said. */
  readonly facility: number | null;
  /** printk caller id, `T9185` or `C0`, or null. */
  readonly caller: string | null;
  /** Host that the line names, as written, or null. Hostile text. */
  readonly host: string | null;
  /** The program that wrote it, `systemd` or `earlyoom`; null for the kernel and where nothing is said. Hostile text. */
  readonly tag: string | null;
  /** Boot id that the journal wrote beside it: 32 hex digits with dashes as in /proc; or null. */
  readonly bootId: string | null;
  /** The message without prefix; \xNN escapes of /dev/kmsg and #012 of rsyslog undone. Hostile text. */
  readonly text: string;
  /** 0-based number of its first line in the input. */
  readonly line: number;
}

/** A record of which nothing is known: what a format does not say stays as it is here. */
export const blankRecord: KernelRecord = {
  seq: null,
  stampUs: null,
  written: null,
  level: null,
  facility: null,
  caller: null,
  host: null,
  tag: null,
  bootId: null,
  text: "",
  line: 0,
};

/** Whether a record is the kernel's own word, as far as its carrier tells: only such a record counts as a kernel's. */
export function isKernels({ facility, tag }: KernelRecord): boolean {
  return (facility === null || facility === 0) && tag === null;
}

/** Every way to write a kernel log down that is read; also the words of `--format`. */
export const logFormatNames = [
  "kmsg",
  "dmesg",
  "dmesg-json",
  "dmesg-ctime",
  "dmesg-iso",
  "dmesg-reltime",
  "journal-short-monotonic",
  "journal-short",
  "journal-short-full",
  "journal-short-unix",
  "journal-verbose",
  "journal-json",
  "journal-export",
  "syslog",
  "syslog-iso",
  "rfc5424",
  "openwrt",
  "keenetic",
  "talos",
  "console",
] as const;
export type LogFormatName = (typeof logFormatNames)[number];

/**
 * A kernel log as far as it could be read, with what its carrier lost. A log is mostly lines that tell of no death:
 * `records` holds the passages around a sign of one, whole, in input order.
 */
export interface KernelLog {
  /** What the text was recognised as. */
  readonly format: LogFormatName | "empty";
  readonly records: readonly KernelRecord[];
  /** How many records there are in all, as far as lines tell. */
  readonly recordCount: number;
  readonly first: KernelRecord | null;
  /** The last 32 at most, in input order. */
  readonly newest: readonly KernelRecord[];
  /** True when the log reaches back to the boot ("Linux version", or sequence 0). False: older lines are gone. */
  readonly fromBoot: boolean;
  /** Records that the sequence numbers prove lost inside this reading. Null without sequence numbers. */
  readonly lostInside: number | null;
  /** Lines that tell of a kernel's kill and were written by user space: refused, never an incident. */
  readonly refused: number;
  /** Lines that no prefix rule understood and no record could take. */
  readonly unread: number;
  /** The records with a stamp, wherever in the log they are. */
  readonly recordsAt: (stampUs: Micros) => readonly KernelRecord[];
}
