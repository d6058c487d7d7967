import { blankRecord, type KernelRecord } from "../../model/kernel-record.ts";
import { lineFormat } from "./line-format.ts";
import type { LogFormat } from "./log-format.ts";
import { peelDmesg } from "./dmesg-prefix.ts";
import { toMicros } from "./stamp.ts";
import { syslogHead } from "./syslog-head.ts";
import { unescapeText } from "./unescape.ts";

const escape = "\u001B";
/** CSI sequence behind its ESC (ECMA-48, 5.4): a colour of a cloud's console. Other sequences lose their ESC only. */
const controlSequence = /^\[[0-?]{0,32}[ -/]{0,8}[@-~]/;

/**
 * `percona # [   16.869199] msg`, `login: [   12.345678] msg`, `qemu-1  | <6>[   12.345678][    T1] msg`: whatever a
 * console writes before the kernel's stamp. Never only blanks: those begin a line that continues another record.
 */
const stampInside =
  /^(?=\S).{0,300}?(?:<\d{1,3}>)?\[ {0,12}(\d{1,12})\.(\d{6})\](?: ?\[ {0,8}([TC]\d{1,10})\])? ?/;

/** What a serial or a cloud's console showed: colours, carriage returns, prompts before the stamp. */
export const consoleFormat: LogFormat = lineFormat({
  name: "console",
  peel,
  isTelling: (line) => syslogHead(line) === null && peel(line, 0) !== null,
  strangers: "unread",
  gluesRecords: true,
});

function peel(written: string, at: number): KernelRecord | null {
  const line = toPlain(written);
  const dmesg = peelDmesg(line, at);
  if (dmesg !== null) return dmesg;
  const found = stampInside.exec(line);
  if (found === null) return null;
  return {
    ...blankRecord,
    stampUs: toMicros(found[1] ?? "", found[2] ?? ""),
    caller: found[3] ?? null,
    text: unescapeText(line.slice(found[0].length)),
    line: at,
  };
}

/** A line as a terminal shows it at last: colours out, and what a carriage return has written over. */
function toPlain(line: string): string {
  const [head = "", ...coloured] = line.split(escape);
  const plain = head + coloured.map((part) => part.replace(controlSequence, "")).join("");
  if (!plain.includes("\r")) return plain;
  const parts = plain.split("\r").filter((part) => part !== "");
  return parts.at(-1) ?? "";
}
