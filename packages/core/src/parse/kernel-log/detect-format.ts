import type { LogFormatName } from "../../model/kernel-record.ts";
import { consoleFormat } from "./console-format.ts";
import { dmesgJsonFormat } from "./dmesg-json.ts";
import { dmesgReltimeFormat } from "./dmesg-reltime.ts";
import { dmesgCtimeFormat, dmesgFormat, dmesgIsoFormat } from "./dmesg.ts";
import { journalExportFormat } from "./journal-export.ts";
import { journalJsonFormat } from "./journal-json.ts";
import { journalMark } from "./journal-mark.ts";
import { journalShortFullFormat, journalShortUnixFormat } from "./journal-short-full.ts";
import { journalShortMonotonicFormat } from "./journal-short-monotonic.ts";
import { journalVerboseFormat } from "./journal-verbose.ts";
import { keeneticFormat } from "./keenetic.ts";
import { kmsgFormat } from "./kmsg.ts";
import type { LogFormat } from "./log-format.ts";
import { openwrtFormat } from "./openwrt.ts";
import { rfc5424Format } from "./rfc5424.ts";
import { syslogIsoFormat } from "./syslog-iso.ts";
import { journalShortFormat, syslogFormat } from "./syslog.ts";
import { talosFormat } from "./talos.ts";

/** Every format that is read, the more telling before the less: a further one is one row here and one file. */
const formats: readonly LogFormat[] = [
  journalJsonFormat,
  dmesgJsonFormat,
  journalVerboseFormat,
  journalExportFormat,
  rfc5424Format,
  kmsgFormat,
  keeneticFormat,
  talosFormat,
  openwrtFormat,
  journalShortMonotonicFormat,
  journalShortFullFormat,
  journalShortUnixFormat,
  syslogFormat,
  syslogIsoFormat,
  dmesgReltimeFormat,
  dmesgIsoFormat,
  dmesgCtimeFormat,
  dmesgFormat,
  consoleFormat,
];

/** So many lines decide. */
const sampleLines = 500;
/** A format is recognised when this share of the sample could only be of it: continuation lines never are. */
const tellingShare = 0.1;
/** A more telling format needs not quite as many lines as a less telling one that reads them, too. */
const closeShare = 0.8;

/** Words that only a kernel's log of a death holds, whatever stands before them. */
const kernelWords =
  /\b[Kk]illed process \d|invoked (?:\w{1,8} )?oom-killer|\boom-kill:constraint=|\bKill process \d|\boom_reaper: |: segfault at [0-9a-f]|Memory cgroup out of memory|\blowmemorykiller: |\bLinux version \d|Kernel panic - not syncing|\bINFO: task .{1,40} blocked for|\bBUG: (?:unable|kernel|soft)|\bOops: [0-9a-f]{4}|\bdivide error: \d|general protection fault|^Call Trace:/;

/** The format of a log by its content; dmesg, whose lines may be without any prefix, when nothing tells. */
export function detectFormat(lines: readonly string[]): LogFormat {
  return formatTold(lines) ?? dmesgFormat;
}

/** The format of a name: what `--format` forces. */
export function formatNamed(name: LogFormatName): LogFormat {
  return [...formats, journalShortFormat].find((format) => format.name === name) ?? dmesgFormat;
}

/** Whether lines are a kernel's log or a syslog at all: a format tells, or they hold words that only a kernel says. */
export function isKernelLog(lines: readonly string[]): boolean {
  return formatTold(lines) !== null || lines.some((line) => kernelWords.test(line));
}

/** The format that lines tell by themselves, or null where none does. */
export function formatTold(lines: readonly string[]): LogFormat | null {
  const sample = lines.filter((line) => line.trim() !== "").slice(0, sampleLines);
  const counts = formats.map(({ isTelling }) => sample.filter(isTelling).length);
  const most = Math.max(...counts);
  if (most === 0 || most < sample.length * tellingShare) return null;
  // Lines of other tags than the kernel's read like dmesg's: `[   12.345678] web01 dockerd: …`.
  const ofJournal = counts[formats.indexOf(journalShortMonotonicFormat)] ?? 0;
  const isJournal = ofJournal > 0 && ofJournal >= sample.length * tellingShare;
  const closest = formats[counts.findIndex((count) => count >= most * closeShare)] ?? null;
  const format = closest === dmesgFormat && isJournal ? journalShortMonotonicFormat : closest;
  return format === syslogFormat && sample.some(isJournals) ? journalShortFormat : format;
}

/** What journalctl writes into syslog's form: its own marks, and lines indented by a whole prefix. */
function isJournals(line: string): boolean {
  return journalMark.test(line) || /^ {20,120}\S/.test(line);
}
