import type { KernelLog } from "../model/kernel-record.ts";
import type { KnownBoot, LogCoverage } from "../model/visit.ts";
import type { Ring } from "../parse/ring.ts";

/** What one reading tells of how fast the ring buffer fills. */
export type RingFigures = Pick<LogCoverage, "newBytes" | "ringBytes">;

/** No kernel has a smaller ring (CONFIG_LOG_BUF_SHIFT is 12 at least, 14 and more everywhere): a shorter log was cleared. */
const leastRingBytes = 16 * 1024;
const lineFeed = 10;

/**
 * Measures a reading: how much of it came since `before`, the same boot as it was known, and how much the ring holds.
 * `ring` is what the host told of the whole where `bytes` are only the end of it; null: they are all.
 */
export function ringFiguresOf(
  bytes: Uint8Array,
  log: KernelLog,
  before: KnownBoot | null,
  ring: Ring | null,
): RingFigures {
  return { newBytes: newBytesOf(bytes, log, before), ringBytes: ringBytesOf(bytes, log, ring) };
}

/** Everything behind the last record known; all of it when that is gone. */
function newBytesOf(bytes: Uint8Array, log: KernelLog, before: KnownBoot | null): number | null {
  if (before === null || before.lastStampUs === null) return null;
  const last = log.recordsAt(before.lastStampUs).at(-1);
  if (last === undefined) return bytes.length;
  let end = 0;
  for (let line = 0; line <= last.line; line += 1) end = bytes.indexOf(lineFeed, end) + 1 || bytes.length;
  return bytes.length - end;
}

/** What the kernel said; else a ring that has lost its oldest lines is full. */
function ringBytesOf(bytes: Uint8Array, { format, fromBoot }: KernelLog, ring: Ring | null): number | null {
  const told = toldBytes(ring === null ? textNear(bytes, "log_buf_len: ") : ring.lines.join("\n"));
  if (told !== null) return told;
  if (format !== "kmsg" && format !== "dmesg") return null;
  const isWhole = ring === null ? fromBoot : beginsBoot(ring.lines[0] ?? "");
  const size = ring?.bytes ?? bytes.length;
  return !isWhole && size >= leastRingBytes ? size : null;
}

/** "log_buf_len: 1048576 bytes", once without the last word (setup_log_buf, kernel/printk). */
function toldBytes(text: string): number | null {
  const told = /\blog_buf_len: (\d{4,10})\b/.exec(text)?.[1];
  return told === undefined ? null : Number(told);
}

/** `6,0,0,-;…`, or the first words of every boot. */
function beginsBoot(line: string): boolean {
  return /^\d+,0,/.test(line) || /(?:^|\] |;)Linux version /.test(line);
}

function textNear(bytes: Uint8Array, words: string): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const at = buffer.indexOf(words);
  return at === -1 ? "" : buffer.toString("latin1", at, at + words.length + 20);
}
