import { describe, expect, test } from "vitest";
import type { KernelLog, KernelRecord, KnownBoot } from "@inquest/core";
import { blankRecord } from "../../../packages/core/src/model/kernel-record.ts";
import { identifyBoot } from "../../../packages/core/src/normalize/identify-boot.ts";
import { recordKeysOf } from "../../../packages/core/src/normalize/record-keys.ts";

const day = 86_400;

let lines = 0;

function recordAt(stampS: number | null, text: string, seq: number | null = null): KernelRecord {
  lines += 1;
  const stampUs = stampS === null ? null : stampS * 1e6;
  return { ...blankRecord, seq, stampUs, text, line: lines };
}

/** One record a day from `from` to `to`. */
function logOf(from: number, to: number, options: { seq?: boolean; fromBoot?: boolean } = {}): KernelLog {
  const records = Array.from({ length: to - from + 1 }, (_, at) =>
    recordAt((from + at) * day, `line ${from + at}`, options.seq === true ? from + at : null),
  );
  return {
    format: "dmesg",
    records,
    recordCount: records.length,
    first: records[0] ?? null,
    newest: records.slice(-32),
    fromBoot: options.fromBoot ?? false,
    lostInside: null,
    refused: 0,
    unread: 0,
    recordsAt: (stampUs) => records.filter((record) => record.stampUs === stampUs),
  };
}

function identify(
  known: readonly KnownBoot[],
  log: KernelLog,
  bootId: string | null = "boot-a",
  bootAtMs: number | null = 1e12,
) {
  return identifyBoot(known, { bootId, bootAtMs, log }, recordKeysOf(log.records));
}

describe("a log joins the one read before", () => {
  const first = identify([], logOf(1, 40));

  test("the first reading is a first contact", () => {
    expect(first.continuity).toBe("first-contact");
    expect(first.boot.boot).toBe("boot-a");
  });

  test("completely, when it still holds the last record", () => {
    expect(identify([first.boot], logOf(20, 60)).continuity).toBe("complete");
  });

  test("with a possible gap, when it does not", () => {
    expect(identify([first.boot], logOf(50, 60)).continuity).toBe("possible-gap");
  });

  test("completely, when it reaches back to the boot", () => {
    expect(identify([first.boot], logOf(50, 60, { fromBoot: true })).continuity).toBe("complete");
  });

  test("with the number of lost records, when sequence numbers tell", () => {
    const numbered = identify([], logOf(1, 40, { seq: true }));
    const after = identify([numbered.boot], logOf(51, 60, { seq: true }));
    expect([after.continuity, after.lostRecords]).toEqual(["lost", 10]);
    expect(identify([numbered.boot], logOf(41, 60, { seq: true })).continuity).toBe("complete");
  });

  test("by its records, when it was last read without sequence numbers", () => {
    const numbered = identify([], logOf(1, 40, { seq: true }));
    const plain = identify([numbered.boot], logOf(30, 60));
    const again = identify([plain.boot], { ...logOf(50, 70, { seq: true }), lostInside: 0 });
    expect([again.continuity, again.boot.boot]).toEqual(["complete", "boot-a"]);
  });

  test("not at all, when the host has booted since", () => {
    const again = identify([first.boot], logOf(1, 3), "boot-b");
    expect([again.continuity, again.boot.boot]).toEqual(["new-boot", "boot-b"]);
  });
});

describe("a machine that was put back to a snapshot, or a clone under the same name", () => {
  /** What the machine said after record 30, other than it had said before. */
  const restored = (to: number): KernelLog => {
    const { records } = logOf(1, 30, { seq: true });
    const after = Array.from({ length: to - 30 }, (_, at) =>
      recordAt((31 + at) * day + 7, `other line ${31 + at}`, 31 + at),
    );
    const all = [...records, ...after];
    return {
      ...logOf(1, 1),
      records: all,
      first: all[0] ?? null,
      recordCount: all.length,
      newest: all.slice(-32),
      lostInside: 0,
      recordsAt: (stampUs) => all.filter((record) => record.stampUs === stampUs),
    };
  };
  const whole = (to: number): KernelLog => ({ ...logOf(1, to, { seq: true }), lostInside: 0 });
  const first = identify([], whole(40));

  test("opens a boot space of its own once a number stands for another record", () => {
    const clone = identify([first.boot], restored(45));
    expect([clone.continuity, clone.boot.boot, clone.boot.bootId]).toEqual([
      "new-boot",
      "boot-a#2",
      "boot-a",
    ]);
  });

  test("keeps the two apart from then on, in whatever order they are read", () => {
    const clone = identify([first.boot], restored(45)).boot;
    const original = identify([first.boot, clone], whole(50));
    expect([original.continuity, original.boot.boot]).toEqual(["complete", "boot-a"]);
    expect(identify([clone, original.boot], restored(60)).boot.boot).toBe("boot-a#2");
  });

  test("is no other boot as long as it contradicts nothing", () => {
    expect(identify([first.boot], whole(35)).boot.boot).toBe("boot-a");
    expect(identify([first.boot], { ...restored(45), lostInside: 3 }).boot.boot).toBe("boot-a");
  });
});

describe("a host that tells no boot id", () => {
  const first = identify([], logOf(1, 40), null, 1_400_000_000_000);

  test("keeps its boot when the log shares a record with the last one", () => {
    expect(identify([first.boot], logOf(30, 60), null, null).boot.boot).toBe(first.boot.boot);
  });

  test("keeps its boot when stamps went on and btime stayed", () => {
    expect(identify([first.boot], logOf(70, 80), null, 1_400_000_001_000).boot.boot).toBe(first.boot.boot);
  });

  test("gets a new boot when stamps start again", () => {
    const again = identify([first.boot], logOf(1, 2), null, 1_500_000_000_000);
    expect(again.boot.boot).not.toBe(first.boot.boot);
    expect(again.continuity).toBe("new-boot");
  });
});

test("an empty log keeps what is known of the boot", () => {
  const first = identify([], logOf(1, 40));
  const empty = identify([first.boot], logOf(1, 0));
  expect(empty.boot.tail).toEqual(first.boot.tail);
  expect(empty.boot.lastStampUs).toBe(first.boot.lastStampUs);
});

test("the same record has the same key from dmesg and from /dev/kmsg", () => {
  const dmesg = [recordAt(5, "a"), recordAt(5, "Mem-Info:\nactive_anon:1"), recordAt(5, "a")];
  const kmsg = [recordAt(5, "a", 7), recordAt(5, "Mem-Info:\n  active_anon:1 ", 8), recordAt(5, "a", 9)];
  const keys = dmesg.map(recordKeysOf(dmesg));
  expect(kmsg.map(recordKeysOf(kmsg))).toEqual(keys);
  expect(new Set(keys).size).toBe(3);
});

test.each([
  ["without stamps", null],
  ["under one stamp", 7],
])("a log of nothing but one line, %s, names each record apart", (_title, stampS) => {
  const records = Array.from({ length: 50_000 }, () => recordAt(stampS, "again"));
  expect(new Set(records.map(recordKeysOf(records))).size).toBe(records.length);
});
