import type { KernelRecord } from "../../model/kernel-record.ts";
import { journalFields, journalRecord } from "./journal-entry.ts";
import type { LogFormat, ReadLines } from "./log-format.ts";

/** `Thu 2023-02-02 11:49:13.015489 CET [s=6b1…;i=5c;b=…;m=…;t=…;x=…]`: an entry's cursor (journalctl -o verbose). */
const head =
  /^[^\s\d[<]{1,12} \d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,9})? \S{1,12} \[(s=[0-9a-f]{1,32};[^\]]{1,200})\]$/;
/** `    MESSAGE=…`: four blanks, name, value. */
const field = /^ {4}([A-Z_][A-Z0-9_]{0,63})=/;

/** `journalctl -o verbose`. */
export const journalVerboseFormat: LogFormat = {
  name: "journal-verbose",
  isTelling: (line) => head.test(line) || field.test(line),
  beginsRecord: (line) => head.test(line),
  needsAll: false,
  read,
};

function read(lines: readonly string[], from: number): ReadLines {
  const records: KernelRecord[] = [];
  let unread = 0;
  let fields: Map<string, string[]> | null = null;
  let last: string[] | null = null;
  let at = 0;
  const close = (): void => {
    const record = fields === null ? null : journalRecord(fields, at);
    if (record !== null) records.push(record);
  };
  for (const [index, line] of lines.entries()) {
    const cursor = head.exec(line)?.[1];
    if (cursor !== undefined) {
      close();
      fields = new Map([["__CURSOR", [cursor]]]);
      [last, at] = [null, from + index];
      continue;
    }
    if (line === "" || line.startsWith("-- ")) continue;
    if (fields === null) {
      unread += 1;
      continue;
    }
    const name = field.exec(line)?.[1];
    if (name === undefined) {
      // A further line of the value before, indented as deep as that value.
      if (last !== null && last.length > 0) last.push(`${last.pop() ?? ""}\n${line.trimStart()}`);
      continue;
    }
    last = journalFields.has(name) ? (fields.get(name) ?? []) : [];
    last.push(line.slice(line.indexOf("=") + 1));
    if (journalFields.has(name)) fields.set(name, last);
  }
  close();
  return { records, unread };
}
