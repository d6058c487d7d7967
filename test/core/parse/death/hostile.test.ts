import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { blankRecord } from "../../../../packages/core/src/model/kernel-record.ts";
import { parseDeaths } from "../../../../packages/core/src/parse/death/parse-deaths.ts";
import { fixturePairs } from "../../../support/fixture-pairs.ts";
import { recordsOf } from "./records-of.ts";

const lines = fixturePairs("death").flatMap(({ text }) => text.split("\n").filter((line) => line !== ""));

/** Names that the audit system wrote in hex are not in the text as they are read. */
const decoded = (text: string): string =>
  text.replaceAll(/comm=([0-9A-F]+)/g, (_, hex: string) => Buffer.from(hex, "hex").toString());

describe("parseDeaths on what is cut, mixed and hostile", () => {
  it("never throws, and never names anybody who is not in the text", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...lines), fc.nat(220), fc.nat(220)), { maxLength: 12 }),
        (pieces) => {
          const text = pieces.map(([line, from, to]) => line.slice(from % 40, 40 + to)).join("\n");
          const { deaths } = parseDeaths(recordsOf(text));
          const unsaid = deaths.filter(
            ({ pid, name, detail, records, record }) =>
              // "init" is pid 1 without saying so.
              !(pid === null || pid === 1 || text.includes(`${pid}`)) ||
              !(name === null || decoded(text).includes(name)) ||
              (detail?.length ?? 0) > 200 ||
              !records.includes(record),
          );
          expect(unsaid).toEqual([]);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it("never throws on any record", () => {
    const record = fc.record({
      text: fc.oneof(fc.constantFrom(...lines), fc.string({ unit: "binary", maxLength: 300 })),
      tag: fc.constantFrom(null, "systemd", "earlyoom", "audit", "lmkd", "oomd", "systemd-oomd"),
      facility: fc.constantFrom(null, 0, 1, 3),
      caller: fc.constantFrom(null, "T1", "C0"),
      stampUs: fc.option(fc.nat(10 ** 9)),
    });
    fc.assert(
      fc.property(fc.array(record, { maxLength: 30 }), (some) => {
        const { deaths, echoes } = parseDeaths(some.map((one, line) => ({ ...blankRecord, ...one, line })));
        expect(deaths.length + echoes.length).toBeLessThanOrEqual(some.length);
      }),
    );
  });

  it("is the union of the parts of a log that lie far apart", () => {
    const stamped = (text: string, addS: number): string =>
      text.replaceAll(/\[ *(\d+)\.(\d{6})\]/g, (_, seconds: string, micros: string) => {
        return `[${String(Number(seconds) + addS).padStart(5)}.${micros}]`;
      });
    const parts = fixturePairs("death")
      .filter(({ text }) => text.startsWith("["))
      .map(({ text }, at) => stamped(text, at * 100_000));
    const kinds = (text: string) => parseDeaths(recordsOf(text)).deaths.map(({ kind, pid }) => [kind, pid]);
    expect(kinds(parts.join(""))).toEqual(parts.flatMap(kinds));
  });

  it("reads ten megabytes of one line, of half a pattern, and of many lines", () => {
    const big = 10_000_000;
    for (const half of [
      "a[",
      "INFO: task ",
      "Killed ",
      "segfault at ",
      ": segfault ",
      " error:",
      "[#",
      "uid=1 ",
      "audit: type=1701 audit(1700000000.250:77): ",
      " due to memory ",
      "[1]: segfault at 0 ip 0 sp 0 error 4 in ",
      "RIP: 0010: ",
      "oomd kill: 1.00 1.00 1.00 1 ",
      "Kernel panic: \n",
      'sending SIGTERM to process 1 uid 1 "',
    ]) {
      const text = half.repeat(big / half.length);
      for (const tag of [
        null,
        "audit",
        "earlyoom",
        "systemd",
        "lmkd",
        "oomd",
        "systemd-oomd",
        "systemd-coredump",
      ]) {
        expect(() => parseDeaths([{ ...blankRecord, text, tag }])).not.toThrow();
      }
    }
    const storm = Array.from({ length: 50_000 }, (_, line) => ({
      ...blankRecord,
      line,
      stampUs: line,
      text: `loop[${line + 2}]: segfault at 0 ip 000000000040054b sp 00007ffd3c2c5b80 error 6`,
    }));
    expect(parseDeaths(storm).deaths).toHaveLength(50_000);
  }, 60_000);
});
