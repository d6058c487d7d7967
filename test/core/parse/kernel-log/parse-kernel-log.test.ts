import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { parseKernelLog } from "../../../../packages/core/src/parse/kernel-log/parse-kernel-log.ts";
import { fixturePairs } from "../../../support/fixture-pairs.ts";

const texts = (text: string): readonly string[] => parseKernelLog(text).records.map((record) => record.text);

describe("parseKernelLog", () => {
  test.each(fixturePairs("kernel-log"))("reads $name", ({ text, expected }) => {
    expect(parseKernelLog(text)).toEqual(expected);
  });

  it("finds nothing in an empty log, and does not call that a read one", () => {
    expect(parseKernelLog("\n\n")).toEqual({
      format: "empty",
      records: [],
      fromBoot: false,
      lostInside: null,
      userRecords: 0,
      unread: 0,
    });
  });

  it("keeps every microsecond of a stamp", () => {
    const seconds = fc.nat({ max: 999_999_999 });
    const micros = fc.nat({ max: 999_999 });
    fc.assert(
      fc.property(seconds, micros, (s, us) => {
        const line = `[${String(s).padStart(5)}.${String(us).padStart(6, "0")}] x`;
        expect(BigInt(parseKernelLog(line).records[0]?.stampUs ?? -1)).toBe(
          BigInt(s) * 1_000_000n + BigInt(us),
        );
      }),
    );
  });

  test.each([
    "[18446744073.709551] Killed process 7 (x)",
    "<3>[18446744073.709551][ T1] Killed process 7 (x)",
    "kern  :err   : [18446744073.709551] Killed process 7 (x)",
    "[18446744073.709551] web01 kernel: Killed process 7 (x)",
    "3,18446744073709551615,18446744073709551,-;Killed process 7 (x)",
  ])("says no stamp rather than one that a number cannot hold: %j", (line) => {
    expect(parseKernelLog(`${line}\n${line}\n`).records).toMatchObject([
      { stampUs: null, seq: null, text: "Killed process 7 (x)" },
      { stampUs: null, seq: null, text: "Killed process 7 (x)" },
    ]);
  });

  it("counts no hole where a sequence number cannot be one", () => {
    expect(parseKernelLog("6,1,1,-;a\n6,99999999999999999999,2,-;b\n6,3,3,-;c\n").lostInside).toBe(1);
  });

  test.each(fixturePairs("kernel-log"))("does not mind how the lines of $name end", ({ text, expected }) => {
    expect(parseKernelLog(text.replaceAll("\n", "\r\n"))).toEqual(expected);
    expect(parseKernelLog(text.trimEnd())).toEqual(expected);
    expect(parseKernelLog(`${text}\n\n`)).toEqual(expected);
  });

  it("never throws, whatever a host sends", () => {
    const line = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.stringMatching(/^(<\d{1,4}>)?\[ {0,3}\d{1,6}\.\d{6}\](\[ T\d\])? .{0,40}$/),
      fc.stringMatching(/^\d{1,3},\d{1,6},\d{1,9},[-c+](,caller=T\d)?;.{0,40}$/),
      fc.stringMatching(/^(kern|user) {0,3}:(info|warn) {0,2}: .{0,20}$/),
      fc.constantFrom("\\x", "\\xff\\xfe", " CONT", "\u001B[31m", "[", "<6>"),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 40 }), (lines) => {
        const { records, unread, userRecords } = parseKernelLog(lines.join("\n"));
        expect(records.length + unread).toBeLessThanOrEqual(lines.join("\n").split("\n").length * 12);
        expect(userRecords).toBeLessThanOrEqual(records.length);
      }),
    );
  });

  it("takes a run of escapes for one UTF-8 text, and what is none for the replacement character", () => {
    expect(texts("[    1.000000] \\xe4\\xbd\\xa0 \\xff \\xzz")).toEqual(["你 \uFFFD \\xzz"]);
  });

  it("gives a record glued to one of user space no kernel facility", () => {
    const { records } = parseKernelLog("<14>[    1.000000] a [    1.000001] Killed process 1 (init)");
    expect(records.map(({ facility }) => facility)).toEqual([1, 1]);
  });

  it("reads megabytes of hostile lines without backtracking", () => {
    const size = 4_000_000;
    const fill = (text: string): string => text.repeat(Math.ceil(size / text.length));
    for (const text of [
      `6,1,1,-;${fill("a")}`,
      `[    1.000000] a${fill(" [            ")}`,
      fill("kern  :info  : "),
      `[    1.000000] Mem-Info:\n${fill("\n ")}pages RAM`,
      fill("["),
    ]) {
      expect(parseKernelLog(text).records.length).toBeGreaterThan(0);
    }
  });
});
