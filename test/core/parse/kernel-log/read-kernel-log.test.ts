import { describe, expect, it, test } from "vitest";
import { readKernelLog } from "../../../../packages/core/src/parse/kernel-log/read-kernel-log.ts";
import { parseOomReports } from "../../../../packages/core/src/parse/oom/parse-oom-reports.ts";
import { fixturePairs } from "../../../support/fixture-pairs.ts";
import { noiseLike } from "./noise.ts";

const kmsg = (from: number, to: number): string =>
  Array.from(
    { length: to - from },
    (_, at) => `6,${from + at},${(from + at) * 1_000_000},-;line ${from + at}\n`,
  ).join("");
const dmesg = (lines: number): string =>
  Array.from(
    { length: lines },
    (_, at) => `[${(1000 + at * 0.5).toFixed(6)}] eth0: link is up, event ${at}\n`,
  ).join("");
const read = (text: string): ReturnType<typeof readKernelLog> => readKernelLog(Buffer.from(text));

describe("readKernelLog", () => {
  it("tells what sequence numbers prove lost, the first and the newest records", () => {
    const log = read(kmsg(10, 500) + kmsg(520, 600));
    expect([log.format, log.recordCount, log.lostInside, log.fromBoot]).toEqual(["kmsg", 570, 20, false]);
    expect([log.first?.seq, log.newest.at(-1)?.seq, log.newest.length]).toEqual([10, 599, 32]);
  });

  it("counts no fragment and no dictionary of a record as lost", () => {
    const log = read(`${kmsg(0, 3)}6,3,3000000,c;a\n SUBSYSTEM=net\n6,4,3000001,+;b\n SUBSYSTEM=net\n`);
    expect([log.recordCount, log.lostInside, log.fromBoot]).toEqual([5, 0, true]);
  });

  it.each(["Linux version 6.1.0-18-amd64 (a@b)", "usb 1-1: a"])(
    "knows whether a log reaches back to the boot: %s",
    (text) => {
      expect(read(`[    0.000000] ${text}\n${dmesg(40)}`).fromBoot).toBe(text.startsWith("Linux"));
    },
  );

  it("gives all records of a short log as its newest, and tells nothing lost where nothing is numbered", () => {
    const log = read(dmesg(5));
    expect([log.newest.length, log.recordCount, log.lostInside]).toEqual([5, 5, null]);
  });

  it("reads everything where no record has a stamp", () => {
    const log = read("eth0: link is up\neth0: link is down\n");
    expect(log.records.map(({ text }) => text)).toEqual(["eth0: link is up", "eth0: link is down"]);
  });

  it("finds the newest records of a form of many lines each", () => {
    const entry = (at: number): string =>
      `__CURSOR=s=1;i=${at}\n_TRANSPORT=kernel\n${"_FIELD=x\n".repeat(30)}_SOURCE_MONOTONIC_TIMESTAMP=${at}000000\nMESSAGE=event ${at}\n\n`;
    const log = read(Array.from({ length: 100 }, (_, at) => entry(at)).join(""));
    expect(log.newest.map(({ text }) => text)).toEqual(
      Array.from({ length: 32 }, (_, at) => `event ${68 + at}`),
    );
    expect(log.recordsAt(50_000_000).map(({ text }) => text)).toEqual(["event 50"]);
  });

  it("finds a record by its stamp wherever it is", () => {
    const log = read(dmesg(3000));
    expect(log.recordsAt(1_500_500_000).map(({ stampUs, line }) => [stampUs, line])).toEqual([
      [1_500_500_000, 1001],
    ]);
    expect(log.recordsAt(7)).toEqual([]);
    expect(
      read(kmsg(0, 300))
        .recordsAt(250_000_000)
        .map(({ seq }) => seq),
    ).toEqual([250]);
  });

  it("finds all records of one stamp, their further lines with them", () => {
    const log = read(
      `${dmesg(40)}[ 5000.000001] Mem-Info:\n               active_anon:1\n[ 5000.000001] b\n${dmesg(3)}`,
    );
    expect(log.recordsAt(5_000_000_001).map(({ text }) => text)).toEqual(["Mem-Info:\nactive_anon:1", "b"]);
  });

  it("counts what user space wrote in the kernel's words, and refuses it", () => {
    const spoof =
      "11,900,900000000,-;Out of memory: Killed process 66 (x) total-vm:1kB, anon-rss:1kB, file-rss:0kB\n";
    const log = read(kmsg(0, 900) + spoof);
    expect(log.refused).toBe(1);
    expect(parseOomReports(log.records)).toEqual([]);
  });

  it("holds few records of a long log without a death", () => {
    const log = read(`[    0.000000] Linux version 6.1\n${noiseLike("[    1.000000] a", 9000)}`);
    expect(log.recordCount).toBe(9001);
    expect(log.records.length).toBeLessThan(100);
  });

  it("tells bytes that no kernel prints from nothing at all", () => {
    expect(readKernelLog(Buffer.from([31, 139, 8, 0, 0, 0, 0, 0, 10]))).toMatchObject({
      recordCount: 0,
      unread: 2,
    });
    expect(readKernelLog(new Uint8Array())).toMatchObject({ format: "empty", unread: 0 });
    expect(read("\n \n\t\n")).toMatchObject({ format: "empty", recordCount: 0 });
  });

  test.each(fixturePairs("oom"))(
    "tells the same of $name with CR LF and without a last line's end",
    ({ text }) => {
      const kills = (log: ReturnType<typeof readKernelLog>): readonly unknown[] =>
        parseOomReports(log.records).flatMap((report) => report.kills.map(({ pid, name }) => [pid, name]));
      const expected = kills(read(text));
      expect(kills(read(text.replaceAll("\n", "\r\n")))).toEqual(expected);
      expect(kills(read(text.replace(/\n$/u, "")))).toEqual(expected);
    },
  );
});
