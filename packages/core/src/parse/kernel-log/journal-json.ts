import type { KernelRecord } from "../../model/kernel-record.ts";
import { journalFields, journalRecord } from "./journal-entry.ts";
import { jsonObjects, unframed } from "./json-objects.ts";
import type { LogFormat, ReadLines } from "./log-format.ts";

/** `{ "__CURSOR" : "s=…", …`, `"MESSAGE" : "…"`: systemd before 236 wrote blanks before the colon. */
const telling =
  /^\s{0,8}\{?\s{0,8}"(?:__CURSOR|__REALTIME_TIMESTAMP|__MONOTONIC_TIMESTAMP|_BOOT_ID|_TRANSPORT|_SOURCE_[A-Z]{2,20}_TIMESTAMP|_HOSTNAME|_MACHINE_ID|SYSLOG_IDENTIFIER|SYSLOG_FACILITY|PRIORITY|MESSAGE)"\s?:/;

/** `journalctl -o json`, `json-pretty`, `json-sse`, `json-seq`. */
export const journalJsonFormat: LogFormat = {
  name: "journal-json",
  isTelling: (line) => telling.test(unframed(line)) || isEntry(unframed(line)),
  beginsRecord: (line) => /^[[,\s]{0,8}\{/.test(unframed(line)),
  needsAll: false,
  read,
};

function isEntry(line: string): boolean {
  return line.startsWith("{") && /"(?:MESSAGE|__CURSOR|_TRANSPORT)"\s?:/.test(line.slice(0, 20_000));
}

function read(lines: readonly string[], from: number): ReadLines {
  const { found, unread } = jsonObjects(lines, from);
  const records: KernelRecord[] = [];
  for (const { value, line } of found) {
    for (const entry of Array.isArray(value) ? (value as readonly unknown[]) : [value]) {
      const record = typeof entry === "object" && entry !== null ? recordOf(entry, line) : null;
      if (record !== null) records.push(record);
    }
  }
  return { records, unread };
}

function recordOf(entry: object, line: number): KernelRecord | null {
  const fields = new Map<string, readonly string[]>();
  for (const [name, value] of Object.entries(entry) as [string, unknown][]) {
    if (journalFields.has(name)) fields.set(name, textsOf(value));
  }
  // Null: longer than journalctl prints without --all. An entry there was, but its words are not told.
  if (fields.get("MESSAGE")?.length === 0) fields.set("MESSAGE", [""]);
  return journalRecord(fields, line);
}

/** A field's texts: a string, the bytes of one that is not UTF-8 or not printable, or several of these. */
function textsOf(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  if (typeof value === "number") return [String(value)];
  if (!Array.isArray(value)) return [];
  const items = value as readonly unknown[];
  if (items.every((item) => typeof item === "number")) return [Buffer.from(items).toString("utf8")];
  return items.flatMap((item) => textsOf(item));
}
