import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { parseDeaths } from "../../../../packages/core/src/parse/death/parse-deaths.ts";
import { detectFormat } from "../../../../packages/core/src/parse/kernel-log/detect-format.ts";
import { linesOf } from "../../../../packages/core/src/parse/kernel-log/line-walk.ts";
import type { LogReader, Passage } from "../../../../packages/core/src/parse/kernel-log/log-reader.ts";
import { logReader } from "../../../../packages/core/src/parse/kernel-log/log-reader.ts";
import { parseOomReports } from "../../../../packages/core/src/parse/oom/parse-oom-reports.ts";
import { fixturePairs } from "../../../support/fixture-pairs.ts";
import { hasSharedData, readShared, sharedFiles } from "../../../support/shared-data.ts";
import { noiseLike } from "./noise.ts";

/** All passages of some bytes that come in in pieces of this size; Infinity: that lie in memory. */
function readAll(
  bytes: Uint8Array,
  pieceBytes: number,
): { readonly passages: readonly Passage[]; readonly reader: LogReader } {
  const given = pieceBytes === Infinity ? bytes : bytes.subarray(0, 0);
  const reader = logReader(detectFormat(linesOf(bytes)).name, 0, given);
  const passages: Passage[] = [];
  for (let at = given.length; at < bytes.length; at += pieceBytes)
    passages.push(...reader.push(bytes.subarray(at, at + pieceBytes)));
  return { passages: [...passages, ...reader.end()], reader };
}

const passagesOf = (text: string, pieceBytes = 4096): readonly Passage[] =>
  readAll(Buffer.from(text), pieceBytes).passages;
const recordsIn = (passages: readonly Passage[]): Passage["records"] =>
  passages.flatMap(({ records }) => records);
const everyRecord = (text: string): Passage["records"] => {
  const lines = linesOf(Buffer.from(text));
  return detectFormat(lines).read(lines, 0).records;
};
const ended = (text: string): string => (text.endsWith("\n") ? text : `${text}\n`);

const fixtures = [...fixturePairs("oom"), ...fixturePairs("death")];
const kill =
  "[ 9000.000001] Out of memory: Killed process 7 (java) total-vm:8kB, anon-rss:4kB, file-rss:0kB\n";
const header = "[ 9000.000001] java invoked oom-killer: gfp_mask=0xd0, order=0, oom_score_adj=0\n";
const noise = (lines: number): string => noiseLike(kill, lines);
const rows = (count: number): string =>
  Array.from(
    { length: count },
    (_, at) =>
      `[ 9000.000001] [${1000 + at}]     0 ${1000 + at}     4011      210 11        0             0 sh\n`,
  ).join("");

describe.each([
  { where: "at the head of a log", before: 0 },
  { where: "near the head of a log", before: 40 },
  { where: "deep inside a log", before: 700 },
])("a death $where", ({ before }) => {
  test.each(fixtures)("is told by passages as by all lines: $name", ({ text }) => {
    const body = ended(text);
    const log = noiseLike(body, before) + body + noiseLike(body, 600);
    const all = everyRecord(log);
    const passages = passagesOf(log);
    expect(parseOomReports(recordsIn(passages))).toEqual(parseOomReports(all));
    expect(parseDeaths(recordsIn(passages))).toEqual(parseDeaths(all));
    // Each passage tells its own, too.
    expect(passages.flatMap(({ records }) => parseOomReports(records))).toEqual(parseOomReports(all));
    expect(passages.flatMap(({ records }) => parseDeaths(records).deaths)).toEqual(parseDeaths(all).deaths);
  });
});

describe("passages of composed logs (properties)", () => {
  // One carrier: in a log of several, lines without prefix are read by what stands around them.
  const stamped = /^(?:\[ *\d+\.\d{6}\] |[ \t]|$)/u;
  const texts = fixtures
    .map(({ text }) => ended(text))
    .filter((text) => text.split("\n").every((line) => stamped.test(line)));
  const allocationFailure = [
    "tar: page allocation failure: order:4",
    "Mem-Info:",
    "active_anon:4 inactive_anon:3",
    "Node 0 DMA: 1*4kB 2*8kB = 20kB",
    "Free swap  = 5kB",
    "Total swap = 9kB",
    "1048 pages RAM",
  ]
    .map((line) => `[  188.600000] ${line}\n`)
    .join("");
  const cut = fc
    .tuple(
      fc.constantFrom(...texts),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
    )
    .map(([text, one, other]) => {
      const lines = text.split("\n");
      const [from, to] = [Math.min(one, other), Math.max(one, other)].map((share) =>
        Math.floor(share * lines.length),
      );
      return [...lines.slice(0, from), ...lines.slice(to)].join("\n");
    });
  const part = fc.oneof(
    fc.constantFrom(...texts),
    cut,
    fc.constant(allocationFailure),
    fc.tuple(fc.constantFrom(...texts), fc.nat({ max: 900 })).map(([text, lines]) => noiseLike(text, lines)),
  );
  const log = fc.array(part, { maxLength: 7 }).map((parts) => parts.join(""));

  it("hold every line that tells of a death, and what belongs to it", () => {
    fc.assert(
      fc.property(log, (text) => {
        const [some, all] = [recordsIn(passagesOf(text)), everyRecord(text)];
        expect(parseOomReports(some)).toEqual(parseOomReports(all));
        expect(parseDeaths(some)).toEqual(parseDeaths(all));
      }),
      { numRuns: 150, seed: 20261123 },
    );
  });

  it("are the same however the bytes come in", () => {
    const size = fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 41, max: 30_000 }));
    fc.assert(
      fc.property(log, size, (text, pieceBytes) => {
        const facts = (bytes: Uint8Array, piece: number): object => {
          const { passages, reader } = readAll(bytes, piece);
          const { lineCount, unread } = reader;
          return {
            lineCount,
            unread,
            passages: passages.map(({ line, bytes: own, isOpen }) => [line, own.length, isOpen]),
          };
        };
        const bytes = Buffer.from(text);
        expect(facts(bytes, pieceBytes)).toEqual(facts(bytes, bytes.length + 1));
        expect(facts(bytes, Infinity)).toEqual(facts(bytes, bytes.length + 1));
      }),
      { numRuns: 100, seed: 20261123 },
    );
  });
});

describe("forms whose records are of many lines", () => {
  const asExport = (text: string): string =>
    linesOf(Buffer.from(text))
      .map((line, at) => {
        const [, stamp = "", message = ""] = /^\[ *([\d.]+)\] (.*)$/u.exec(line) ?? [];
        const fields = Array.from({ length: 20 }, (_, field) => `_FIELD_${field}=${at}\n`).join("");
        return `__CURSOR=s=1;i=${at}\n${fields}_TRANSPORT=kernel\n_SOURCE_MONOTONIC_TIMESTAMP=${stamp.replace(".", "")}\nMESSAGE=${message}\n\n`;
      })
      .join("");
  const log = asExport(
    noise(900) +
      header +
      rows(150) +
      kill +
      noise(300) +
      rows(40) +
      kill.replace("7 (java)", "8 (perl)") +
      noise(100),
  );

  test.each([1 << 20, 9999, 1000])("are read in whole records, in pieces of %i bytes", (pieceBytes) => {
    const passages = passagesOf(log, pieceBytes);
    const reports = passages.flatMap(({ records }) => parseOomReports(records));
    expect(reports.map(({ kills, tasks }) => [kills[0]?.pid, tasks.length])).toEqual([
      [7, 150],
      [8, 40],
    ]);
    expect(passages.map(({ line, records }) => [line, records.length])).toEqual(
      passagesOf(log, log.length).map(({ line, records }) => [line, records.length]),
    );
    expect(recordsIn(passages).length).toBeLessThan(800);
  });
});

describe("logReader", () => {
  it("gives each passage its lines, byte for byte, and the number of the first", () => {
    const text = noise(5000) + kill + noise(5000) + kill + noise(300);
    const lines = linesOf(Buffer.from(text));
    const passages = passagesOf(text, 1000);
    expect(passages).toHaveLength(2);
    for (const { bytes, line, records } of passages) {
      const own = linesOf(bytes);
      expect(own).toEqual(lines.slice(line, line + own.length));
      expect(own.length).toBeLessThan(200);
      expect(records[0]?.line).toBe(line);
    }
  });

  it("numbers lines from where it is told to", () => {
    const reader = logReader("dmesg", -7);
    const [passage] = [...reader.push(Buffer.from(noise(600) + kill)), ...reader.end()];
    expect(passage?.records.at(-1)?.line).toBe(593);
    expect(reader.lineCount).toBe(601);
  });

  test.each([
    ["a header", header, true],
    ["a table", header + rows(300), true],
    [
      "the choice of a victim",
      `${header}[ 9000.000002] Out of memory: Kill process 7 (java) score 9 or sacrifice child\n`,
      true,
    ],
    ["a kill", header + kill, false],
    ["a kill and other lines", header + kill + noise(40), false],
    ["a header long ago", header + noise(400), false],
    ["noise", kill + noise(400), false],
  ])("says whether a report goes on where the log ends: %s", (_what, text, isOpen) => {
    expect(passagesOf(noise(100) + text).map((passage) => passage.isOpen)).toEqual([isOpen]);
  });

  it("takes the rows of a table whose head is lost, however many", () => {
    const passages = passagesOf(noise(3000) + rows(5000) + kill);
    expect(parseOomReports(recordsIn(passages)).map(({ tasks }) => tasks.length)).toEqual([5000]);
  });

  it("keeps a dump in one passage when another ends inside it", () => {
    const other = kill.replace("process 7 (java)", "process 8 (perl)");
    expect(passagesOf(noise(600) + header + rows(200) + other + rows(200) + kill)).toHaveLength(1);
  });

  it("tells a storm in pieces, and loses nobody", () => {
    const text = Array.from({ length: 9000 }, (_, at) =>
      kill.replace("process 7 ", `process ${at + 1} `),
    ).join("");
    const passages = passagesOf(text, 65_536);
    expect(passages.length).toBeGreaterThan(1);
    const pids = passages
      .flatMap(({ records }) => parseOomReports(records))
      .flatMap(({ kills }) => kills.map(({ pid }) => pid));
    expect(pids).toEqual(Array.from({ length: 9000 }, (_, at) => at + 1));
  });

  it("reads all lines of a form whose records hang on those before them", () => {
    const text = `[Apr19 02:57] a\n${"[  +0.500000] b\n".repeat(30)}`;
    const reader = logReader("dmesg-reltime");
    const records = recordsIn([
      ...reader.push(Buffer.from(text.slice(0, 40))),
      ...reader.push(Buffer.from(text.slice(40))),
      ...reader.end(),
    ]);
    expect(records).toHaveLength(31);
    expect((records.at(-1)?.written?.localMs ?? 0) - (records[0]?.written?.localMs ?? 0)).toBe(15_000);
  });

  it("counts lines, and cuts one that never ends", () => {
    const reader = logReader("dmesg");
    const garbage = Buffer.alloc(1 << 20, "x");
    for (let at = 0; at < 50; at += 1) expect(reader.push(garbage)).toEqual([]);
    const passages = [...reader.push(Buffer.from(`\n${kill}`)), ...reader.end()];
    expect(parseOomReports(recordsIn(passages))).toHaveLength(1);
    expect([reader.lineCount, reader.longLines]).toEqual([2, 1]);
    expect(Math.max(...passages.map(({ bytes }) => bytes.length))).toBeLessThan(200_000);
  });

  it("reads lines among NUL bytes and bytes that are no text", () => {
    const bytes = Buffer.concat([
      Buffer.alloc(5000),
      Buffer.from(`\n${kill}`),
      Buffer.from([255, 254, 10, 0, 0]),
    ]);
    const reader = logReader("dmesg");
    expect(parseOomReports(recordsIn([...reader.push(bytes), ...reader.end()]))).toHaveLength(1);
    expect(reader.lineCount).toBe(4);
  });
});

describe.skipIf(!hasSharedData)("published logs (needs INQUEST_SHARED)", () => {
  test.each(sharedFiles("logs"))("%s tells the same in passages as line by line", (file) => {
    const text = readShared(file);
    const deaths = (records: Passage["records"]): readonly unknown[] =>
      parseDeaths(records).deaths.map(({ kind, pid, name, record }) => [kind, pid, name, record.line]);
    const [all, passages] = [everyRecord(text), passagesOf(text)];
    expect(passages.flatMap(({ records }) => parseOomReports(records))).toEqual(parseOomReports(all));
    expect(deaths(recordsIn(passages))).toEqual(deaths(all));
  });
});
