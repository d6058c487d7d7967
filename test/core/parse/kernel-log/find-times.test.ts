import { describe, expect, test } from "vitest";
import { findStampAfter } from "../../../../packages/core/src/parse/kernel-log/find-stamp.ts";
import { findTimes } from "../../../../packages/core/src/parse/kernel-log/find-times.ts";

const bytesOf = (lines: readonly string[]): Uint8Array => Buffer.from(`${lines.join("\n")}\n`);

describe("times that records tell of themselves", () => {
  test("are those of audit and of the hardware clock", () => {
    const log = bytesOf([
      "[    0.000000] Linux version 5.10.0",
      "[    1.600000] rtc_cmos 00:02: setting system clock to 2015-04-22T02:56:49 UTC (1429671409)",
      '[ 5000.250000] audit: type=1400 audit(1429676408.123:45): apparmor="DENIED" operation="open"',
      "[ 6000.000000] usb 1-1: new device",
    ]);
    expect(findTimes(log, "dmesg")).toEqual([
      { kind: "audit", stampS: 5000.25, fromMs: 1_429_676_408_123, toMs: 1_429_676_408_124 },
      { kind: "rtc", stampS: 1.6, fromMs: 1_429_671_409_000, toMs: 1_429_671_409_000 },
    ]);
  });

  test("are read from /dev/kmsg, and from kernels that leave the first word out", () => {
    const log = bytesOf(["5,7,5000250000,-;type=1400 audit(1429676408.000:45): avc:  denied"]);
    expect(findTimes(log, "kmsg").map(({ kind, stampS }) => [kind, stampS])).toEqual([["audit", 5000.25]]);
  });

  test("are not taken from user space or from the middle of a line", () => {
    const log = bytesOf([
      "14,7,5000250000,-;audit: type=1400 audit(1429676408.000:45): said by a daemon",
      "6,8,5000350000,-;audit(1.000:1)[77]: segfault at 0 ip 0 sp 0 error 4",
      "6,9,5000450000,-;x: setting system clock to yesterday",
    ]);
    expect(findTimes(log, "kmsg")).toEqual([]);
  });

  test("are a few of many, the first and the last among them", () => {
    const stamps = Array.from({ length: 5000 }, (_, at) => at + 1);
    const log = bytesOf(
      stamps.map((s) => `[${s}.000000] audit: type=1326 audit(${1_429_676_408 + s}.000:${s}): auid=0`),
    );
    const found = findTimes(log, "dmesg");
    expect(found.length).toBeLessThanOrEqual(17);
    expect(found.length).toBeGreaterThan(10);
    expect([found[0]?.stampS, found.at(-1)?.stampS]).toEqual([1, 5000]);
  });
});

describe("the first stamp behind another", () => {
  const log = bytesOf(["[   10.000001] a", "[   20.000001] b", "[   19.999999] c", "[   30.000001] d"]);

  test("is that of the next record which is not older", () => {
    expect(findStampAfter(log, "dmesg", 10_000_001)).toBe(20_000_001);
    expect(findStampAfter(log, "dmesg", 20_000_001)).toBe(30_000_001);
    expect(findStampAfter(log, "dmesg", 30_000_001)).toBeNull();
  });

  test("is the first of a log that has lost the other", () => {
    expect(findStampAfter(log, "dmesg", 5_000_000)).toBe(10_000_001);
    expect(findStampAfter(log, "dmesg", 15_000_000)).toBeNull();
    expect(findStampAfter(Buffer.from(""), "empty", 5_000_000)).toBeNull();
  });
});
