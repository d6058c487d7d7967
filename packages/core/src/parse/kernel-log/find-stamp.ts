import type { KernelLog, KernelRecord } from "../../model/kernel-record.ts";
import type { Micros } from "../../model/units.ts";
import { formatNamed } from "./detect-format.ts";
import { countLines } from "./line-walk.ts";
import type { LogFormat } from "./log-format.ts";
import { readAround } from "./read-around.ts";

/** Records of several CPUs that may stand in each other's way. */
const mostDisorder = 32;

/** The records with a stamp in the bytes of a whole log: those lines are found by its digits and read. */
export function findStamp(bytes: Uint8Array, format: LogFormat, stampUs: Micros): readonly KernelRecord[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const written = writtenForm(format, stampUs);
  const found: KernelRecord[] = [];
  for (let at = buffer.indexOf(written); at !== -1;) {
    const { records, start, end } = readAround(bytes, format, at);
    const line = countLines(bytes, 0, start);
    for (const record of records) {
      if (record.stampUs === stampUs) found.push({ ...record, line: line + record.line });
    }
    at = end < bytes.length ? buffer.indexOf(written, end) : -1;
  }
  return found;
}

/**
 * The first stamp behind another in the bytes of a whole log; null where nothing follows, and where the log still begins
 * before it but does not hold it.
 */
export function findStampAfter(bytes: Uint8Array, name: KernelLog["format"], stampUs: Micros): Micros | null {
  if (name === "empty") return null;
  const format = formatNamed(name);
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const known = buffer.lastIndexOf(writtenForm(format, stampUs));
  let at = known === -1 ? 0 : readAround(bytes, format, known).end;
  for (let left = mostDisorder; left > 0 && at < bytes.length; left -= 1) {
    const { records, end } = readAround(bytes, format, at);
    const nextUs = records.find((record) => record.stampUs !== null)?.stampUs ?? null;
    if (nextUs !== null && nextUs > stampUs) return nextUs;
    if (nextUs !== null && known === -1) return null;
    at = end;
  }
  return null;
}

/** Microseconds in the journal's fields and /dev/kmsg, else seconds and six digits. */
function writtenForm({ name }: LogFormat, stampUs: Micros): string {
  if (name === "kmsg") return `,${stampUs},`;
  if (name === "journal-json" || name === "journal-export" || name === "journal-verbose")
    return String(stampUs);
  const digits = String(stampUs).padStart(7, "0");
  return `${digits.slice(0, -6)}.${digits.slice(-6)}`;
}
