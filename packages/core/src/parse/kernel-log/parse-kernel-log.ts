import type { KernelLog, KernelRecord } from "../../model/kernel-record.ts";
import { detectFormat } from "./detect-format.ts";

/** Reads a kernel log in any known form; never throws, whatever it holds. The form is recognised by content. */
export function parseKernelLog(text: string): KernelLog {
  const lines = text.split(text.includes("\r") ? /\r?\n|\r$/ : "\n");
  if (lines.every((line) => line === "")) {
    return { format: "empty", records: [], fromBoot: false, lostInside: null, userRecords: 0, unread: 0 };
  }
  const format = detectFormat(lines);
  const { records, unread, lostInside } = format.read(lines);
  return {
    format: format.name,
    records,
    fromBoot: startsAtBoot(records[0]),
    lostInside,
    userRecords: records.filter(({ facility }) => facility !== null && facility !== 0).length,
    unread,
  };
}

/** The first line of every boot is linux_banner (init/main.c); its sequence number is 0. */
function startsAtBoot(first: KernelRecord | undefined): boolean {
  return first !== undefined && (first.seq === 0 || first.text.startsWith("Linux version "));
}
