import { blankRecord, type KernelRecord, type WrittenTime } from "../../model/kernel-record.ts";
import { undoOctalEscapes } from "./octal-escapes.ts";
import { splitPriority } from "./priority.ts";
import { stampBehind, toMicros } from "./stamp.ts";
import { peelTag } from "./tag.ts";

/** `message repeated 3 times: [ Killed process 7 (x)]`: rsyslog's word for equal lines (imuxsock, imklog). */
const repeated = /^message repeated \d{1,9} times: \[ ?(.*)\]$/s;
/** `web01 last message repeated 3 times`, `web01 -- MARK --`: syslogd's own lines bear no tag. */
const untagged = /([^\s:[]{1,255}) (?=last message repeated|-- MARK --)/y;

/** What a carrier wrote before host and tag. */
export interface SyslogHead {
  readonly written: WrittenTime | null;
  /** Digits of `<n>`, or undefined where there are none. */
  readonly priority: string | undefined;
  /** Index behind it. */
  readonly end: number;
}

/**
 * The record of a syslog line from its host on: `web01 kernel: [  123.456789] msg`. With imklog's stamp or without,
 * with a host or without. A line without any tag is taken for the kernel's unless it is syslogd's own.
 */
export function syslogRecord(line: string, at: number, head: SyslogHead): KernelRecord {
  const priority = splitPriority(head.priority);
  const tagged = peelTag(line, head.end);
  if (tagged === null) return untaggedRecord(line, at, head);
  const known = {
    ...blankRecord,
    written: head.written,
    level: priority.level ?? tagged.level,
    facility: priority.facility ?? tagged.facility,
    host: tagged.host,
    tag: tagged.tag,
    line: at,
  };
  const said = repeatedText(line, tagged.end);
  if (tagged.tag !== null) return { ...known, text: said ?? undoOctalEscapes(line.slice(tagged.end)) };
  const from = said === null ? tagged.end : 0;
  stampBehind.lastIndex = from;
  const stamp = stampBehind.exec(said ?? line);
  const text = (said ?? line).slice(from + (stamp?.[0].length ?? 0));
  if (stamp === null) return { ...known, text: undoOctalEscapes(text) };
  const [, inner, seconds = "", fraction = "", caller = null] = stamp;
  const own = splitPriority(inner);
  return {
    ...known,
    level: own.level ?? known.level,
    facility: own.facility ?? known.facility,
    stampUs: toMicros(seconds, fraction),
    caller,
    text: undoOctalEscapes(text),
  };
}

function untaggedRecord(line: string, at: number, head: SyslogHead): KernelRecord {
  untagged.lastIndex = head.end;
  const own = untagged.exec(line);
  const isSyslogds = own !== null || line.startsWith("last message repeated", head.end);
  const host =
    own?.[1] ??
    (isSyslogds ? null : (/^\S{1,255}(?= \S)/.exec(line.slice(head.end, head.end + 300))?.[0] ?? null));
  return {
    ...blankRecord,
    ...splitPriority(head.priority),
    written: head.written,
    host,
    tag: isSyslogds ? "syslogd" : null,
    text: undoOctalEscapes(line.slice(head.end + (host === null ? 0 : host.length + 1))),
    line: at,
  };
}

/** The message that was repeated, or null where the line tells of no repeating. */
function repeatedText(line: string, at: number): string | null {
  return line.startsWith("message repeated ", at) ? (repeated.exec(line.slice(at))?.[1] ?? null) : null;
}
