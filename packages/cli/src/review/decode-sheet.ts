import { UsageError } from "@inquest/core";

/** Byte order marks, and what the bytes behind them are (Unicode standard, 23.8). */
const marks: readonly (readonly [bytes: readonly number[], encoding: string])[] = [
  [[0xef, 0xbb, 0xbf], "utf-8"],
  [[0xff, 0xfe], "utf-16le"],
  [[0xfe, 0xff], "utf-16be"],
];

/** The text of a saved sheet: UTF-8, or UTF-16 as Excel's "Unicode Text" has it. Throws UsageError for anything else. */
export function decodeSheet(bytes: Uint8Array, file: string): string {
  const encoding = marks.find(([mark]) => mark.every((byte, at) => bytes[at] === byte))?.[1] ?? "utf-8";
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    if (!text.includes("\0")) return text;
  } catch {
    // told below
  }
  throw new UsageError("bad-encoding", `${file}: is neither UTF-8 nor UTF-16 with a byte order mark`, {
    hint: 'save it as "CSV UTF-8"',
  });
}
