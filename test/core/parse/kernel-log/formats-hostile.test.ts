import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { logFormatNames } from "../../../../packages/core/src/model/kernel-record.ts";
import {
  detectFormat,
  formatNamed,
  isKernelLog,
} from "../../../../packages/core/src/parse/kernel-log/detect-format.ts";
import { fixturePairs } from "../../../support/fixture-pairs.ts";

const size = 1_000_000;
const fill = (text: string): string => text.repeat(Math.ceil(size / text.length)).slice(0, size);

/** Prefixes behind which, or of which, a line may go on for megabytes. */
const beginnings = [
  "",
  "[    1.000000] a",
  "<3>[    1.000000]",
  "kern  :info  : ",
  "[Sun Apr 19 02:57:58 2015] ",
  "[",
  "2026-02-13T22:11:00,123456+01:00 ",
  "[Feb13 23:31] ",
  "Apr 19 02:57:58 ",
  "Apr 19 02:57:58 web01 kernel: message repeated 2 times: [ ",
  "2026-02-13T22:11:00Z web01 ",
  '<6>1 2026-01-02T03:04:05.6Z web01 kernel - - [a k="',
  "kern.warn kernel: ",
  "[W] Oct 22 20:02:33 ",
  "10.0.0.1: kern: info: [",
  "6,1,1,-;",
  '{"MESSAGE":"',
  "    MESSAGE=",
  "MESSAGE",
  "\u001B[",
];
const fillings = [
  " ",
  ":",
  "[",
  " [            ",
  "a: ",
  "\\",
  '"',
  "\u0000",
  "{",
  "#012",
  "\u001B[",
  "web01 ",
  "1",
  "\r",
];

describe("formats of kernel logs, given hostile lines", () => {
  test.each(logFormatNames)("%s never throws and invents no line", (name) => {
    const format = formatNamed(name);
    const pieces = fixturePairs("kernel-log").flatMap(({ text }) => text.split("\n"));
    const line = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom(...pieces),
      fc.tuple(fc.constantFrom(...pieces), fc.nat({ max: 80 })).map(([piece, at]) => piece.slice(0, at)),
      fc.tuple(fc.constantFrom(...pieces), fc.nat({ max: 80 })).map(([piece, at]) => piece.slice(at)),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 30 }), (lines) => {
        const { records, unread } = format.read(lines, 7);
        expect(unread).toBeGreaterThanOrEqual(0);
        for (const record of records) {
          expect(record.line).toBeGreaterThanOrEqual(7);
          expect(record.line).toBeLessThan(7 + Math.max(1, lines.length));
        }
        detectFormat(lines);
        isKernelLog(lines);
        lines.filter(format.beginsRecord);
      }),
    );
  });

  test.each(beginnings)("goes through megabytes behind %j", (beginning) => {
    for (const filling of fillings) {
      const line = beginning + fill(filling);
      const format = detectFormat([line, line.slice(0, 100)]);
      format.beginsRecord(line);
      expect(format.read([line], 0).records.length).toBeLessThan(100);
    }
  });

  it("goes through a line of 10 MB", () => {
    const line = `Apr 19 02:57:58 web01 kernel: [    1.000000] ${"a [".repeat(3_400_000)}`;
    expect(detectFormat([line]).read([line], 0).records).toHaveLength(1);
  });

  it("joins a record of very many lines without going over it again for each", () => {
    const lines = ["[    1.000000] Mem-Info:", ...Array.from({ length: 300_000 }, () => " pages RAM")];
    expect(formatNamed("dmesg").read(lines, 0).records).toHaveLength(1);
    expect(formatNamed("journal-verbose").read(["    MESSAGE=x", ...lines], 0).unread).toBeGreaterThan(0);
  });
});
