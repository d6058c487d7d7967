import { blankRecord, type KernelRecord, type WrittenTime } from "../../model/kernel-record.ts";
import { userFacility } from "./priority.ts";

/** Values of a journal field as text; several where the entry has it several times. */
export type JournalFields = ReadonlyMap<string, readonly string[]>;

/** Fields of the journal that a record is made of (systemd.journal-fields(7)); the others are left unread. */
export const journalFields: ReadonlySet<string> = new Set([
  "MESSAGE",
  "PRIORITY",
  "SYSLOG_FACILITY",
  "SYSLOG_IDENTIFIER",
  "_BOOT_ID",
  "_COMM",
  "_HOSTNAME",
  "_SOURCE_MONOTONIC_TIMESTAMP",
  "_TRANSPORT",
  "__CURSOR",
  "__MONOTONIC_TIMESTAMP",
  "__REALTIME_TIMESTAMP",
]);

/**
 * One entry of the journal as a record, or null when it has no message. A kernel's is one that journald itself read
 * from /dev/kmsg (`_TRANSPORT=kernel`: no client can set a field that begins with `_`) and of facility 0.
 */
export function journalRecord(fields: JournalFields, line: number): KernelRecord | null {
  const text = fields.get("MESSAGE")?.join("\n");
  if (text === undefined) return null;
  const one = (name: string): string | null => fields.get(name)?.[0] ?? null;
  const transports = fields.get("_TRANSPORT") ?? [];
  const identifier = one("SYSLOG_IDENTIFIER");
  // Without the field (--output-fields) only the identifier is left to go by.
  const isFromKmsg =
    transports.length === 0 ? identifier === "kernel" : transports.every((name) => name === "kernel");
  const facility = small(one("SYSLOG_FACILITY")) ?? (isFromKmsg ? 0 : userFacility);
  const isKernels = isFromKmsg && facility === 0;
  const cursor = new Map((one("__CURSOR") ?? "").split(";").map((part) => [part.slice(0, 1), part.slice(2)]));
  const source = micros(one("_SOURCE_MONOTONIC_TIMESTAMP"));
  return {
    ...blankRecord,
    // printk's own stamp; when journald came to read a kernel's record is no stamp of it.
    stampUs:
      source ??
      (isKernels ? null : (micros(one("__MONOTONIC_TIMESTAMP")) ?? hexMicros(cursor.get("m") ?? null))),
    written: realtime(micros(one("__REALTIME_TIMESTAMP")) ?? hexMicros(cursor.get("t") ?? null)),
    level: small(one("PRIORITY")),
    facility,
    host: one("_HOSTNAME"),
    tag: isKernels ? null : (identifier ?? one("_COMM") ?? "journal"),
    bootId: dashed(one("_BOOT_ID") ?? cursor.get("b") ?? ""),
    text,
    line,
  };
}

/** When journald received an entry: microseconds since 1970 (journald's clock is the host's). */
function realtime(us: number | null): WrittenTime | null {
  if (us === null) return null;
  return { localMs: us / 1000, hasYear: true, offsetS: 0, resolutionS: 1e-6, by: "received" };
}

/** A boot id as /proc/sys/kernel/random/boot_id writes it: the journal leaves the dashes out. */
function dashed(id: string): string | null {
  const found = /^([0-9a-f]{8})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{12})$/.exec(
    id.toLowerCase(),
  );
  return found === null ? null : found.slice(1).join("-");
}

/** Microseconds in hexadecimal digits, as a cursor has them, or null. */
function hexMicros(digits: string | null): number | null {
  return digits !== null && /^[0-9a-f]{1,13}$/i.test(digits) ? Number.parseInt(digits, 16) : null;
}

function micros(digits: string | null): number | null {
  if (digits === null || !/^\d{1,16}$/.test(digits)) return null;
  const value = Number(digits);
  return Number.isSafeInteger(value) ? value : null;
}

function small(digits: string | null): number | null {
  return digits !== null && /^\d{1,3}$/.test(digits) ? Number(digits) : null;
}
