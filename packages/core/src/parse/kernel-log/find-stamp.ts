import type { KernelRecord } from "../../model/kernel-record.ts";
import type { Micros } from "../../model/units.ts";
import { countLines, lineEnd, lineStart, linesOf, textOfLine } from "./line-walk.ts";
import type { LogFormat } from "./log-format.ts";

/** The records with a stamp in the bytes of a whole log: those lines are found by its digits and read. */
export function findStamp(bytes: Uint8Array, format: LogFormat, stampUs: Micros): readonly KernelRecord[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const written = writtenForm(format, stampUs);
  const found: KernelRecord[] = [];
  for (let at = buffer.indexOf(written); at !== -1;) {
    let start = lineStart(bytes, at);
    while (start > 0 && !format.beginsRecord(textOfLine(bytes, start))) start = lineStart(bytes, start - 1);
    let end = lineEnd(bytes, at);
    while (end < bytes.length && !format.beginsRecord(textOfLine(bytes, end))) end = lineEnd(bytes, end);
    const { records } = format.read(linesOf(bytes.subarray(start, end)), countLines(bytes, 0, start));
    found.push(...records.filter((record) => record.stampUs === stampUs));
    at = end < bytes.length ? buffer.indexOf(written, end) : -1;
  }
  return found;
}

/** Microseconds in the journal's fields and /dev/kmsg, else seconds and six digits. */
function writtenForm({ name }: LogFormat, stampUs: Micros): string {
  if (name === "kmsg") return `,${stampUs},`;
  if (name === "journal-json" || name === "journal-export" || name === "journal-verbose")
    return String(stampUs);
  const digits = String(stampUs).padStart(7, "0");
  return `${digits.slice(0, -6)}.${digits.slice(-6)}`;
}
