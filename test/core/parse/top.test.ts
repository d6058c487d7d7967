import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { parseTop } from "../../../packages/core/src/parse/top.ts";
import { fixturePairs } from "../../support/fixture-pairs.ts";
import { hasSharedData, readShared } from "../../support/shared-data.ts";

describe("parseTop", () => {
  test.each(fixturePairs("top"))("reads $name", ({ text, expected }) => {
    expect(parseTop(text)).toEqual(expected);
    expect(parseTop(text.replaceAll("\n", "\r\n"))).toEqual(expected);
  });

  it("keeps whole screens and what is left of one that the end of the file cut", () => {
    const { text } = fixturePairs("top").find(({ name }) => name.includes("batch-of-two")) ?? { text: "" };
    const [first] = parseTop(text);
    for (let end = 0; end <= text.length; end += 7) {
      const screens = parseTop(text.slice(0, end));
      expect(screens.slice(0, -1)).toEqual([first].slice(0, screens.length - 1));
      const pids = screens.flatMap(({ processes }) => processes.map(({ pid }) => pid));
      expect([1, 700]).toEqual(expect.arrayContaining(pids));
    }
  });

  it("finds no screen in other text", () => {
    expect(parseTop("")).toEqual([]);
    expect(parseTop("top: failed tty get\n")).toEqual([]);
    expect(parseTop("  PID TTY          TIME CMD\n    1 ?        00:00:22 systemd\n")).toEqual([]);
  });

  it("never throws, and stays linear in hostile text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(parseTop(`top - 1:00:00 up ${text}`).length).toBeGreaterThan(0);
      }),
    );
    const header = "top - 09:44:49 up 1 day\nKiB Mem :";
    for (const piece of ["\u001B[", " 1", "1 total,", "\ntop - ", "\nPID RES\n1 1", "\n"]) {
      expect(parseTop(header + piece.repeat(1_000_000 / piece.length))[0]?.memory.ramFreeKiB).toBeNull();
    }
  }, 30_000);
});

describe.skipIf(!hasSharedData)("parseTop on published outputs (needs INQUEST_SHARED)", () => {
  it("reads the recorded night's top", () => {
    const [screen, ...others] = parseTop(readShared("story/top-20150430.txt"));
    expect(others).toEqual([]);
    expect(screen?.processes).toHaveLength(46);
    expect(screen).toMatchObject({
      timeOfDayS: 9 * 3600 + 44 * 60 + 49,
      memory: { ramTotalKiB: 8_388_608, swapTotalKiB: 1_999_864, swapFreeKiB: 1_980_328 },
    });
  });

  test.each(
    hasSharedData
      ? (["centos-7.7__top-b-n1-gib", "centos-7.7__top-b-n3", "ubuntu-20.10__top-b-n1"] as const)
      : [],
  )("reads every task of %s", (name) => {
    const text = readShared(`logs/jc/${name}.out`);
    const totals = [...text.matchAll(/^Tasks: +(\d+) total/gm)].map(([, total]) => Number(total));
    expect(parseTop(text).map(({ processes }) => processes.length)).toEqual(totals);
  });
});
