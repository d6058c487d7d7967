import type { KernelRecord } from "../../model/kernel-record.ts";
import { journalMark } from "./journal-mark.ts";
import { lineFormat } from "./line-format.ts";
import type { LogFormat } from "./log-format.ts";
import { rfc3164Head, syslogHead } from "./syslog-head.ts";
import { syslogRecord } from "./syslog-record.ts";
import { peelTag } from "./tag.ts";

/** /var/log/messages, kern.log and syslog as RFC 3164 has them, with a host or without. */
export const syslogFormat: LogFormat = lineFormat({
  name: "syslog",
  peel: peelSyslog,
  isTelling: isTagged,
  mark: journalMark,
  gluesRecords: true,
});

/** `journalctl` and `journalctl -k` (-o short): syslog's form; further lines of a record are indented by its prefix. */
export const journalShortFormat: LogFormat = lineFormat({
  name: "journal-short",
  peel: peelSyslog,
  isTelling: isTagged,
  mark: journalMark,
});

/** The record of a line of syslog, RFC 3164 or with an ISO time, or null where none begins. */
export function peelSyslog(line: string, at: number): KernelRecord | null {
  const head = syslogHead(line);
  return head === null ? null : syslogRecord(line, at, head);
}

function isTagged(line: string): boolean {
  const head = rfc3164Head(line);
  return head !== null && peelTag(line, head.end) !== null;
}
