import type { KernelRecord } from "../../model/kernel-record.ts";
import { journalFields, journalRecord } from "./journal-entry.ts";
import type { LogFormat, ReadLines } from "./log-format.ts";

/** `MESSAGE=…`: a field of printable text. */
const textField = /^([A-Z_][A-Z0-9_]{0,63})=/;
/** `MESSAGE`: 64 bits of its size follow, little endian, then its bytes and a line feed. */
const binaryField = /^[A-Z_][A-Z0-9_]{0,63}$/;
const sizeBytes = 8;

/**
 * `journalctl -o export` (Journal Export Format): fields a line, entries parted by a blank line. A message of several
 * lines is a binary field; its lines may look like fields, so that its size is what counts.
 */
export const journalExportFormat: LogFormat = {
  name: "journal-export",
  isTelling: (line) =>
    /^(?:__CURSOR=|__REALTIME_TIMESTAMP=|__MONOTONIC_TIMESTAMP=|_[A-Z]{2,20}(?:_[A-Z]{1,20}){0,3}=)/.test(
      line,
    ),
  beginsRecord: (line) => line.startsWith("__CURSOR="),
  needsAll: false,
  read,
};

function read(lines: readonly string[], from: number): ReadLines {
  const records: KernelRecord[] = [];
  let unread = 0;
  let fields = new Map<string, string[]>();
  let at = from;
  const close = (next: number): void => {
    const record = fields.size === 0 ? null : journalRecord(fields, at);
    if (record !== null) records.push(record);
    fields = new Map();
    at = next;
  };
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? "";
    if (line === "") {
      close(from + index + 1);
      continue;
    }
    const name = textField.exec(line)?.[1];
    if (name !== undefined) {
      if (name === "__CURSOR" && fields.size > 0) close(from + index);
      keep(fields, name, line.slice(name.length + 1));
    } else if (binaryField.test(line)) {
      const { value, taken } = binaryValue(lines, index + 1);
      keep(fields, line, value);
      index += taken;
    } else {
      unread += 1;
    }
  }
  close(from + lines.length);
  return { records, unread };
}

function keep(fields: Map<string, string[]>, name: string, value: string): void {
  if (!journalFields.has(name)) return;
  const known = fields.get(name);
  if (known === undefined) fields.set(name, [value]);
  else known.push(value);
}

/** A binary field's value, and how many lines it takes. */
function binaryValue(
  lines: readonly string[],
  start: number,
): { readonly value: string; readonly taken: number } {
  let text = lines[start] ?? "";
  let taken = 1;
  // A size of 10, 266, … holds a line feed itself.
  while (text.length < sizeBytes && start + taken < lines.length) text += `\n${lines[start + taken++] ?? ""}`;
  const { least, most } = sizeOf(text.slice(0, sizeBytes));
  let value = text.slice(sizeBytes);
  let size = Buffer.byteLength(value);
  while (size < most && start + taken < lines.length) {
    const next = lines[start + taken] ?? "";
    if (size >= least && (next === "" || textField.test(next) || binaryField.test(next))) break;
    value += `\n${next}`;
    size += Buffer.byteLength(next) + 1;
    taken += 1;
  }
  return { value, taken };
}

/** The size that eight bytes tell. A byte above 127 is no UTF-8 alone and came as U+FFFD: it leaves a range. */
function sizeOf(bytes: string): { readonly least: number; readonly most: number } {
  let [least, most] = [0, 0];
  for (let place = bytes.length - 1; place >= 0; place -= 1) {
    const code = bytes.charCodeAt(place);
    least = least * 256 + (code > 127 ? 128 : code);
    most = most * 256 + (code > 127 ? 255 : code);
  }
  return { least, most };
}
