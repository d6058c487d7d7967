import type { KernelLog, KernelRecord, LogFormatName } from "../../model/kernel-record.ts";
import { isKernels } from "../../model/kernel-record.ts";
import { detectFormat, formatNamed, formatTold } from "./detect-format.ts";
import { findStamp } from "./find-stamp.ts";
import { countLines, lineEnd, lineStart, linesOf, linesOn, textOfLine } from "./line-walk.ts";
import type { LogFormat, ReadLines } from "./log-format.ts";
import { logReader } from "./log-reader.ts";

/** So many of the newest records are kept: finding one again proves that two readings are of one log. */
const newestRecords = 32;
/** Lines that hold them, continuation lines among them; where they do not, four times as many may. */
const newestLines = 96;
/** The first record is among these lines: one of journalctl -o verbose has thirty. */
const firstLines = 64;
/** So much of a log tells its format. */
const sampleBytes = 8 * 1024;

/** Words by which user space may quote a kernel's kill. */
const killWords = /illed process \d|invoked oom-killer|oom-kill:constraint/u;

/** Reads the whole kernel log of a visit, in any known form; never throws, whatever it holds. */
export function readKernelLog(bytes: Uint8Array, name: LogFormatName | null = null): KernelLog {
  const sample = linesOf(bytes.subarray(0, sampleBytes));
  if (sample.every((line) => line.trim() === "")) return emptyLog;
  const told = name === null ? formatTold(sample) : formatNamed(name);
  if (told === null && isBinary(sample))
    return { ...emptyLog, unread: countLines(bytes, 0, bytes.length) + 1 };
  const format = told ?? detectFormat(sample);
  const first = format.read(linesOf(bytes.subarray(0, linesOn(bytes, 0, firstLines))), 0).records[0] ?? null;
  const newest = newestOf(bytes, format);
  const { records, unread, recordCount } =
    // Where nothing has a stamp, only the words of all lines tell whether two logs join.
    (newest.at(-1)?.stampUs ?? null) === null ? readAll(bytes, format) : readPassages(bytes, format);
  return {
    format: format.name,
    records,
    recordCount,
    first,
    newest,
    fromBoot: first !== null && (first.seq === 0 || first.text.startsWith("Linux version ")),
    lostInside: lostIn(bytes, format, first, recordCount),
    refused: records.filter((record) => !isKernels(record) && killWords.test(record.text)).length,
    unread,
    recordsAt: (stampUs) => findStamp(bytes, format, stampUs),
  };
}

/** Bytes that no kernel prints: something else answered than a command that shows the log. */
function isBinary(lines: readonly string[]): boolean {
  const text = lines.join("");
  // oxlint-disable-next-line no-control-regex -- that is what is counted
  return (text.match(/[\u0000-\u0008\uFFFD]/gu)?.length ?? 0) * 20 > text.length;
}

const emptyLog: KernelLog = {
  format: "empty",
  records: [],
  recordCount: 0,
  first: null,
  newest: [],
  fromBoot: false,
  lostInside: null,
  refused: 0,
  unread: 0,
  recordsAt: () => [],
};

function readAll(bytes: Uint8Array, format: LogFormat): ReadLines & Pick<KernelLog, "recordCount"> {
  const all = format.read(linesOf(bytes), 0);
  return { ...all, recordCount: all.records.length };
}

function readPassages(bytes: Uint8Array, format: LogFormat): ReadLines & Pick<KernelLog, "recordCount"> {
  const reader = logReader(format.name, 0, bytes);
  const records = reader.end().flatMap((passage) => passage.records);
  return { records, unread: reader.unread, recordCount: countRecords(bytes) };
}

function newestOf(bytes: Uint8Array, format: LogFormat): readonly KernelRecord[] {
  for (let lines = newestLines; ; lines *= 4) {
    let start = bytes.length;
    for (let left = lines; left > 0 && start > 0; left -= 1) start = lineStart(bytes, start - 1);
    while (start > 0 && !format.beginsRecord(textOfLine(bytes, start))) start = lineStart(bytes, start - 1);
    const { records } = format.read(linesOf(bytes.subarray(start)), countLines(bytes, 0, start));
    if (records.length >= newestRecords || start === 0) return records.slice(-newestRecords);
  }
}

/** Lines that begin a record, as far as bytes tell: a line that continues one is indented. */
function countRecords(bytes: Uint8Array): number {
  const [tab, lineFeed, space] = [9, 10, 32];
  let records = 0;
  for (let at = 0; at < bytes.length; at = lineEnd(bytes, at)) {
    const byte = bytes[at];
    if (byte !== space && byte !== tab && byte !== lineFeed) records += 1;
  }
  return records;
}

/** What sequence numbers prove lost: every line of /dev/kmsg has one, those that continue a record, too. */
function lostIn(
  bytes: Uint8Array,
  format: LogFormat,
  first: KernelRecord | null,
  lines: number,
): number | null {
  if (first === null || first.seq === null) return null;
  let start = lineStart(bytes, bytes.length - 1);
  while (start > 0 && !format.beginsRecord(textOfLine(bytes, start))) start = lineStart(bytes, start - 1);
  const last = format.read([textOfLine(bytes, start)], 0).records[0]?.seq ?? null;
  const lost = last === null ? null : last - first.seq + 1 - lines;
  return Number.isSafeInteger(lost) ? Math.max(0, lost ?? 0) : null;
}
