import type { KernelRecord } from "../../model/kernel-record.ts";
import type { LogFormat, ReadLines } from "./log-format.ts";
import { stampPattern, toMicros } from "./stamp.ts";

/** `[ 4274.052063] web01 kernel: Out of memory: …`: host and tag of journalctl -o short-monotonic. */
const tagPattern = /^\S{1,255} ([^\s:[]{1,64})(?:\[\d{1,10}\])?: /;

/** `journalctl -k -o short-monotonic`. Records of another tag than `kernel` were written by user space. */
export const journalShortMonotonicFormat: LogFormat = {
  name: "journal-short-monotonic",
  isTelling: (line) => /^\[ {0,12}\d{1,12}\.\d{6}\] \S{1,255} kernel: /.test(line),
  read: readJournal,
};

/** LOG_USER: what syslog(3) calls a message that is not the kernel's. */
const userFacility = 1;

function readJournal(lines: readonly string[]): ReadLines {
  const records: KernelRecord[] = [];
  let unread = 0;
  for (const [at, line] of lines.entries()) {
    const stamp = stampPattern.exec(line);
    const tag = stamp === null ? null : tagPattern.exec(line.slice(stamp[0].length));
    if (stamp === null || tag === null) {
      const last = records.at(-1);
      if (line === "" || line.startsWith("-- ")) continue;
      if (last === undefined) unread += 1;
      else records[records.length - 1] = { ...last, text: `${last.text}\n${line.trimStart()}` };
      continue;
    }
    records.push({
      seq: null,
      stampUs: toMicros(stamp[1] ?? "", stamp[2] ?? ""),
      level: null,
      facility: tag[1] === "kernel" ? 0 : userFacility,
      caller: null,
      text: line.slice(stamp[0].length + tag[0].length),
      line: at,
    });
  }
  return { records, unread, lostInside: null };
}
