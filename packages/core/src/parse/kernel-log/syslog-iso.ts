import { journalMark } from "./journal-mark.ts";
import { lineFormat } from "./line-format.ts";
import type { LogFormat } from "./log-format.ts";
import { isoHead } from "./syslog-head.ts";
import { peelSyslog } from "./syslog.ts";
import { peelTag } from "./tag.ts";

/** Syslog files with ISO 8601 times, and `journalctl -o short-iso`, `short-iso-precise`. */
export const syslogIsoFormat: LogFormat = lineFormat({
  name: "syslog-iso",
  peel: peelSyslog,
  isTelling: (line) => {
    const head = isoHead(line);
    return head !== null && peelTag(line, head.end) !== null;
  },
  mark: journalMark,
  gluesRecords: true,
});
