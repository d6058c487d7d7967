import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { detectFormat } from "../../../../packages/core/src/parse/kernel-log/detect-format.ts";
import type { Passage } from "../../../../packages/core/src/parse/kernel-log/log-reader.ts";
import { linesOf } from "../../../../packages/core/src/parse/kernel-log/line-walk.ts";
import { logReader } from "../../../../packages/core/src/parse/kernel-log/log-reader.ts";
import { readKernelLog } from "../../../../packages/core/src/parse/kernel-log/read-kernel-log.ts";
import { parseOomReports } from "../../../../packages/core/src/parse/oom/parse-oom-reports.ts";
import { fixturePairs } from "../../../support/fixture-pairs.ts";
import { hasSharedData, readShared, sharedLines } from "../../../support/shared-data.ts";

/** Passages of some bytes that come in in pieces of this size. */
function passagesOf(bytes: Uint8Array, pieceBytes: number): readonly Passage[] {
  const reader = logReader(detectFormat(linesOf(bytes.subarray(0, 65_536))).name);
  const passages: Passage[] = [];
  for (let at = 0; at < bytes.length; at += pieceBytes)
    passages.push(...reader.push(bytes.subarray(at, at + pieceBytes)));
  return [...passages, ...reader.end()];
}

const told = (records: Passage["records"]): readonly unknown[] =>
  parseOomReports(records).map(({ kills, selected, tasks, grade }) => [
    kills.map(({ pid, name }) => `${pid} ${name}`),
    selected?.pid ?? null,
    tasks.length,
    grade,
  ]);

/** What the passages of a log tell, and what all of its lines tell. */
function both(bytes: Uint8Array, pieceBytes: number): readonly [readonly unknown[], readonly unknown[]] {
  const all = detectFormat(linesOf(bytes.subarray(0, 65_536))).read(linesOf(bytes), 0);
  return [passagesOf(bytes, pieceBytes).flatMap(({ records }) => told(records)), told(all.records)];
}

const noiseLine = (at: number): string =>
  `[${String(1000 + at * 0.5).padStart(8)}${"00000"}] eth0: link is up, event ${at * 7919}\n`;
const noise = (lines: number, from = 0): string =>
  Array.from({ length: lines }, (_, at) => noiseLine(from + at)).join("");

describe.each(fixturePairs("oom"))("the report of $name", ({ text }) => {
  it("is found in a long log, and whole, however the bytes come in", () => {
    const bytes = Buffer.from(text);
    for (const pieceBytes of [bytes.length, 4096, 97]) {
      const [some, all] = both(bytes, pieceBytes);
      expect(some).toEqual(all);
    }
  });
});

test("every line of a passage is a line of the log, at its own number", () => {
  const kill =
    "[ 9000.000001] Out of memory: Killed process 7 (java) total-vm:8kB, anon-rss:4kB, file-rss:0kB\n";
  const bytes = Buffer.from(
    noise(5000) + kill + noise(5000, 5000) + kill.replace("9000", "9900") + noise(300),
  );
  const lines = linesOf(bytes);
  const passages = passagesOf(bytes, 1000);
  expect(passages).toHaveLength(2);
  for (const passage of passages) {
    const own = linesOf(passage.bytes);
    expect(own).toEqual(lines.slice(passage.line, passage.line + own.length));
    expect(own.length).toBeLessThan(200);
  }
});

test("says which passage ends in the middle of a report", () => {
  const head = "[ 9000.000001] java invoked oom-killer: gfp_mask=0xd0, order=0, oom_score_adj=0\n";
  expect(passagesOf(Buffer.from(noise(100) + head), 4096).map(({ isOpen }) => isOpen)).toEqual([true]);
});

test("counts lines, and cuts one that never ends", () => {
  const reader = logReader("dmesg");
  const garbage = Buffer.alloc(1 << 20, "x");
  for (let at = 0; at < 50; at += 1) expect(reader.push(garbage)).toEqual([]);
  const kill = "\n[ 9000.000001] Killed process 7 (java) total-vm:8kB, anon-rss:4kB, file-rss:0kB\n";
  const passages = [...reader.push(Buffer.from(kill)), ...reader.end()];
  expect(passages.flatMap(({ records }) => told(records))).toHaveLength(1);
  expect([reader.lineCount, reader.longLines]).toEqual([2, 1]);
  expect(Math.max(...passages.map(({ bytes }) => bytes.length))).toBeLessThan(200_000);
});

test("whatever the pieces, the passages are the same (property)", () => {
  const texts = fixturePairs("oom").map(({ text }) => text);
  fc.assert(
    fc.property(
      fc.array(
        fc.oneof(
          fc.constantFrom(...texts),
          fc.integer({ min: 0, max: 400 }).map((lines) => noise(lines)),
        ),
        { maxLength: 4 },
      ),
      fc.integer({ min: 50, max: 5000 }),
      (parts, pieceBytes) => {
        const bytes = Buffer.from(parts.join(""));
        const [pieces, whole] = [passagesOf(bytes, pieceBytes), passagesOf(bytes, bytes.length + 1)];
        expect(pieces.flatMap(({ records }) => told(records))).toEqual(
          whole.flatMap(({ records }) => told(records)),
        );
      },
    ),
    { numRuns: 60 },
  );
});

describe("a whole log", () => {
  const kmsg = (from: number, to: number): string =>
    Array.from(
      { length: to - from },
      (_, at) => `6,${from + at},${(from + at) * 1000000},-;line ${from + at}\n`,
    ).join("");

  test("tells what sequence numbers prove lost, its first and its newest records", () => {
    const log = readKernelLog(Buffer.from(kmsg(10, 500) + kmsg(520, 600)));
    expect([log.format, log.recordCount, log.lostInside, log.fromBoot]).toEqual(["kmsg", 570, 20, false]);
    expect([log.first?.seq, log.newest.at(-1)?.seq, log.newest.length]).toEqual([10, 599, 32]);
  });

  test("finds a record by its stamp wherever it is", () => {
    const dmesg = readKernelLog(Buffer.from(noise(3000)));
    const stampUs = 1_500_500_000;
    expect(dmesg.recordsAt(stampUs).map((record) => [record.stampUs, record.line])).toEqual([
      [stampUs, 1001],
    ]);
    expect(readKernelLog(Buffer.from(kmsg(0, 300))).recordsAt(250_000_000)).toHaveLength(1);
    expect(dmesg.recordsAt(7)).toEqual([]);
  });

  test("counts what user space wrote in the kernel's words, and refuses it", () => {
    const spoof =
      "11,900,900000000,-;Out of memory: Killed process 66 (x) total-vm:1kB, anon-rss:1kB, file-rss:0kB\n";
    const log = readKernelLog(Buffer.from(kmsg(0, 900) + spoof));
    expect(log.refused).toBe(1);
    expect(parseOomReports(log.records)).toEqual([]);
  });

  test("of bytes that no kernel prints is unread, not empty", () => {
    expect(readKernelLog(Buffer.from([31, 139, 8, 0, 0, 0, 0, 0, 10]))).toMatchObject({
      recordCount: 0,
      unread: 2,
    });
    expect(readKernelLog(new Uint8Array())).toMatchObject({ format: "empty", unread: 0 });
  });
});

describe.skipIf(!hasSharedData)("published logs (needs INQUEST_SHARED)", () => {
  const files = sharedLines("logs/EXPECTED_OOM.jsonl").map(
    (line) => (JSON.parse(line) as { file: string }).file,
  );
  test.each(files)("%s tells the same in passages as line by line", (file) => {
    const [some, all] = both(Buffer.from(readShared(`logs/${file}`)), 4096);
    expect(some).toEqual(all);
  });
});
