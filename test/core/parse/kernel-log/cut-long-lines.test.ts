import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { longLineCutter } from "../../../../packages/core/src/parse/kernel-log/cut-long-lines.ts";

const longest = 64 * 1024;

function cut(bytes: Buffer, pieceBytes: number): { readonly text: string; readonly longLines: number } {
  const cutter = longLineCutter();
  const kept: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += pieceBytes)
    kept.push(...cutter.cut(bytes.subarray(at, at + pieceBytes)));
  return { text: Buffer.concat(kept).toString("latin1"), longLines: cutter.longLines };
}

describe("longLineCutter", () => {
  it("keeps the beginning of a long line, its end and all other lines, however the bytes come in", () => {
    const length = fc.oneof(
      fc.nat({ max: 300 }),
      fc.integer({ min: longest - 2, max: longest + 2 }),
      fc.constant(3 * longest),
    );
    const lines = fc.array(length, { maxLength: 6 });
    fc.assert(
      fc.property(
        lines,
        fc.boolean(),
        fc.integer({ min: 1000, max: 300_000 }),
        (lengths, isEnded, pieceBytes) => {
          const written = lengths.map((count, at) => String.fromCharCode(97 + at).repeat(count));
          const text = written.join("\n") + (isEnded ? "\n" : "");
          const expected = written.map((line) => line.slice(0, longest)).join("\n") + (isEnded ? "\n" : "");
          const result = cut(Buffer.from(text), pieceBytes);
          // Compared first: a difference of hundreds of kilobytes is not worth printing.
          expect(result.text === expected).toBe(true);
          expect(result.longLines).toBe(lengths.filter((count) => count > longest).length);
        },
      ),
    );
  });

  it("reads 50 MB without a line feed", () => {
    const { text, longLines } = cut(Buffer.alloc(50e6, "x"), 1e6);
    expect([text.length, longLines]).toEqual([longest, 1]);
  });
});
