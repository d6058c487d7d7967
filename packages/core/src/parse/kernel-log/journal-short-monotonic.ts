import { blankRecord, type KernelRecord } from "../../model/kernel-record.ts";
import { journalMark } from "./journal-mark.ts";
import { lineFormat } from "./line-format.ts";
import type { LogFormat } from "./log-format.ts";
import { stampPattern, toMicros } from "./stamp.ts";
import { peelTag } from "./tag.ts";

/**
 * `journalctl -o short-monotonic` and `short-delta`: `[ 4274.052063] web01 kernel: Out of memory: …`. The journal's own
 * monotonic clock for what user space wrote, printk's for the kernel's.
 */
export const journalShortMonotonicFormat: LogFormat = lineFormat({
  name: "journal-short-monotonic",
  peel: peelMonotonic,
  // Of the kernel, or with a process id behind a second word: "usb usb1: …" is dmesg's.
  isTelling: (line) =>
    /^\[ {0,12}\d{1,12}\.\d{6}(?: <[ \d.]{1,20}>)?\] \S{1,255} (?:kernel|[^\s:[]{1,64}\[\d{1,10}\]): /.test(
      line,
    ),
  mark: journalMark,
});

function peelMonotonic(line: string, at: number): KernelRecord | null {
  const stamp = stampPattern.exec(line);
  if (stamp === null) return null;
  const tagged = peelTag(line, stamp[0].length);
  if (tagged === null) return null;
  return {
    ...blankRecord,
    stampUs: toMicros(stamp[1] ?? "", stamp[2] ?? ""),
    facility: tagged.facility,
    host: tagged.host,
    tag: tagged.tag,
    text: line.slice(tagged.end),
    line: at,
  };
}
