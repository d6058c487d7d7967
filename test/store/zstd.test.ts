import { zstdDecompressSync } from "node:zlib";
import { expect, test } from "vitest";
import { compress, compressText, decompress, decompressText } from "../../packages/store/src/zstd.ts";

test("makes a frame that any zstd reads of bytes of every length, short or long", () => {
  for (const length of [...Array(600).keys(), 65_535, 300_000]) {
    const bytes = Uint8Array.from({ length }, (_, place) => (place * place) % 251);
    const frame = compress(bytes);
    expect(new Uint8Array(zstdDecompressSync(frame))).toEqual(bytes);
    expect(decompress(frame)).toEqual(bytes);
    expect(frame.length).toBeLessThanOrEqual(length + 16);
  }
});

test.each(["", "\uFEFFbom", "\u{1F480}".repeat(63), "\u{1F480}".repeat(64)])(
  "gives text back: %j",
  (text) => {
    expect(decompressText(compressText(text))).toBe(text);
  },
);
