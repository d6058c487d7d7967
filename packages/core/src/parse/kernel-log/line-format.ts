import type { KernelRecord, LogFormatName } from "../../model/kernel-record.ts";
import { gluedRecords } from "./glued-records.ts";
import type { LogFormat, ReadLines } from "./log-format.ts";
import { peelDmesg } from "./dmesg-prefix.ts";

/** How a format of one record a line is read. */
export interface LineRules {
  readonly name: LogFormatName;
  /** The record of a line, its prefix peeled off, or null where no record begins; `at`: number of the line. */
  readonly peel: (line: string, at: number) => KernelRecord | null;
  /** Whether a line alone could only be of this format; left out: whether it has a prefix. */
  readonly isTelling?: (line: string) => boolean;
  /** Lines of the tool itself, `-- Boot 4c9…`: neither records nor unread. */
  readonly mark?: RegExp;
  /**
   * What an unindented line without a prefix is: a further line of the record before it; nobody's; or, with a function,
   * what that makes of it.
   */
  readonly strangers?: "unread" | ((line: string, at: number) => KernelRecord);
  /** True where a second record's stamp inside a kernel's text begins a second record. */
  readonly gluesRecords?: boolean;
}

/** A format of one record a line; further lines without a prefix belong to the record before them. */
export function lineFormat(rules: LineRules): LogFormat {
  const { name, peel } = rules;
  return {
    name,
    isTelling: rules.isTelling ?? ((line) => peel(line, 0) !== null),
    beginsRecord: (line) =>
      peel(line, 0) !== null || (typeof rules.strangers === "function" && /^\S/.test(line)),
    needsAll: false,
    read: (lines, from) => readLines(rules, lines, from),
  };
}

function readLines(rules: LineRules, lines: readonly string[], from: number): ReadLines {
  const { peel, mark, strangers, gluesRecords = false } = rules;
  const records: KernelRecord[] = [];
  let unread = 0;
  let isBare: boolean | null = typeof strangers === "function" ? null : false;
  for (const [index, line] of lines.entries()) {
    if (line === "") continue;
    const record = peel(line, from + index);
    if (record !== null) {
      if (gluesRecords && record.tag === null) records.push(...gluedRecords(record, peelDmesg));
      else records.push(record);
      continue;
    }
    if (mark?.test(line) === true) continue;
    const last = records.at(-1);
    isBare ??= !mostArePrefixed(lines, peel);
    if (strangers !== undefined && (isBare || last === undefined || /^\S/.test(line))) {
      const stranger = strangers === "unread" ? null : strangers(line, from + index);
      if (stranger !== null && (last !== undefined || mayLackHead(lines, peel)))
        records.push(asBefore(stranger, last));
      else unread += 1;
    } else if (last === undefined) unread += 1;
    else records[records.length - 1] = { ...last, text: `${last.text}\n${line.trimStart()}` };
  }
  return { records, unread };
}

/** Nothing says who wrote a line without prefix: whoever wrote the one before it, of which it may be the rest. */
function asBefore(stranger: KernelRecord, last: KernelRecord | undefined): KernelRecord {
  return last === undefined || stranger.tag !== null || stranger.host !== null
    ? stranger
    : { ...stranger, facility: last.facility, host: last.host, tag: last.tag };
}

/** False where the others tell who wrote them: what a wrapped ring left of a first line may be user space's. */
function mayLackHead(lines: readonly string[], peel: LineRules["peel"]): boolean {
  for (const line of lines) {
    const record = peel(line, 0);
    if (record !== null) return record.facility === null;
  }
  return true;
}

/** So many lines tell whether a log has prefixes. */
const sampleLines = 1000;

/** Lines that continue a record are indented; of the others nearly all have a prefix, or none has. */
function mostArePrefixed(lines: readonly string[], peel: LineRules["peel"]): boolean {
  const sample = lines.slice(0, sampleLines).filter((line) => /^\S/.test(line));
  return sample.filter((line) => peel(line, 0) !== null).length * 2 > sample.length;
}
