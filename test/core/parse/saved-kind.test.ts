import { describe, expect, it, test } from "vitest";
import { savedKindOf } from "../../../packages/core/src/parse/saved-kind.ts";
import { fixturePairs } from "../../support/fixture-pairs.ts";
import { hasSharedData, sharedLines } from "../../support/shared-data.ts";

const linesOf = (text: string): readonly string[] => text.split("\n");

describe("savedKindOf", () => {
  test.each(fixturePairs("ps"))("takes $name for ps where there are processes", ({ text, expected }) => {
    const isEmpty = Array.isArray(expected) && expected.length === 0;
    expect(savedKindOf(linesOf(text))).toBe(isEmpty ? null : "ps");
  });

  test.each(fixturePairs("top"))("takes $name for top", ({ text, name }) => {
    // Without a table a busybox top has too little to go by.
    expect([name, savedKindOf(linesOf(text))]).toEqual([name, "top"]);
  });

  test.each(fixturePairs("alert"))("takes $name for alerts", ({ text }) => {
    expect(savedKindOf(linesOf(text).slice(0, 5))).toBe("alerts");
  });

  test.each(["kernel-log", "oom"].flatMap((kind) => fixturePairs(kind)))(
    "leaves $name to the kernel logs",
    ({ text }) => {
      expect(savedKindOf(linesOf(text))).toBeNull();
    },
  );

  it.each([
    [" 04:46:40 up 12 days,  2:46,  1 user,  load average: 0.20, 0.10, 0.05\n"],
    [
      "\n04:46:40 up 1 min,  load average: 0.20, 0.10, 0.05\n04:47:40 up 2 min,  load average: 0.20, 0.10, 0.05\n",
    ],
    ["up 2 weeks, 3 days, 4 hours, 5 minutes\n"],
    ["2026-01-02 03:04:05\n"],
  ])("takes %j for uptime", (text) => {
    expect(savedKindOf(linesOf(text))).toBe("uptime");
  });

  it.each([
    ["", "nothing"],
    ["\n\n", "blank lines"],
    ["eth0: link up 3 days\n", "a line with up in it"],
    [
      "Killed process 7 (java)\n04:46:40 up 12 days,  2:46,  1 user,  load average: 0.20, 0.10, 0.05\n",
      "a log with an uptime in it",
    ],
    ["2026-01-02 03:04:05\n2026-01-02 03:04:06\n", "two dates"],
    [
      "02:57:58 [C] shop[Z1] web040 system x\n[1.000000] a\n[2.000000] b\n[3.000000] c\n",
      "a log with an alert in it",
    ],
    ["/bin/ps: command or file not found\n", "an error"],
    [
      "[  pid ]   uid  tgid total_vm      rss\n[  612]     0   612    1000      10\n",
      "the kernel's own table",
    ],
  ])("takes %j for nothing that is saved: %s", (text) => {
    expect(savedKindOf(linesOf(text))).toBeNull();
  });

  it("takes no longer for a sample of hostile lines", () => {
    expect(savedKindOf(Array.from({ length: 500 }, () => "PID ".repeat(30_000)))).toBeNull();
    expect(savedKindOf(Array.from({ length: 500 }, () => "up ".repeat(30_000)))).toBeNull();
  });
});

describe.skipIf(!hasSharedData)("savedKindOf on published files (needs INQUEST_SHARED)", () => {
  it.each(
    hasSharedData
      ? [
          ["story/alerts.txt", "alerts"],
          ["story/top-20150430.txt", "top"],
          ["story/dmesg-20150419.log", null],
          ["story/dmesg-20150430.log", null],
          ["logs/hotsos/vault__ps_-elfL", "ps"],
          ["logs/hotsos/vault__uptime", "uptime"],
        ]
      : [],
  )("takes %s for %j", (path, kind) => {
    expect(savedKindOf(sharedLines(path ?? ""))).toBe(kind);
  });
});
