import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { UsageError } from "../../../packages/core/src/errors.ts";
import { alertPatternOf, parseAlert } from "../../../packages/core/src/parse/alert.ts";
import { fixturePairs } from "../../support/fixture-pairs.ts";
import { hasSharedData, sharedLines } from "../../support/shared-data.ts";

const place = "config.yaml: alerts.pattern";

describe("parseAlert", () => {
  test.each(fixturePairs("alert"))("reads $name", ({ text, expected }) => {
    const lines = text.trimEnd().split("\n");
    expect(lines.map((line) => parseAlert(line))).toEqual(expected);
  });

  it("reads lines by a pattern of the user's own", () => {
    const pattern = alertPatternOf(
      "^\\[(?<time>\\d+)\\] HOST ALERT: (?<host>[^;]+);(?<severity>DOWN|UP);(?:SOFT|HARD);\\d+;(?<text>.*)$",
      place,
    );
    expect(parseAlert("[1430331827] HOST ALERT: web040;DOWN;HARD;3;PING CRITICAL", pattern)).toEqual({
      written: { localMs: 1_430_331_827_000, hasYear: true, offsetS: 0, resolutionS: 1, by: "received" },
      severity: "DOWN",
      group: null,
      host: "web040",
      check: null,
      text: "PING CRITICAL",
    });
    expect(parseAlert("02:57:58 [C] shop[Z] web040 system x", pattern)).toBeNull();
  });

  const timeAlone = alertPatternOf("^(?<time>.*) (?<host>web\\d+)$", place);

  it.each([
    [
      "2015-04-30T02:23:47+08:00",
      { localMs: Date.parse("2015-04-30T02:23:47Z"), hasYear: true, offsetS: 28_800 },
    ],
    ["2015-04-30 02:23:47.125Z", { offsetS: 0, resolutionS: 0.001 }],
    ["2015-04-30 02:23", { localMs: Date.parse("2015-04-30T02:23:00Z"), resolutionS: 60 }],
    ["Apr 30 02:23:47", { localMs: Date.parse("1972-04-30T02:23:47Z"), hasYear: false, offsetS: null }],
    ["1430331827125", { localMs: 1_430_331_827_125, offsetS: 0, resolutionS: 0.001 }],
    ["4:42pm", { timeOfDayS: 16 * 3600 + 42 * 60, resolutionS: 60 }],
  ])("understands the time %j", (time, written) => {
    expect(parseAlert(`${time} web040`, timeAlone)?.written).toMatchObject(written);
  });

  it.each(["yesterday", "30.04. 02:23", "2015-04-31 02:23:47", "25:00"])(
    "takes no line whose time is %j",
    (time) => {
      expect(parseAlert(`${time} web040`, timeAlone)).toBeNull();
    },
  );

  it("runs no pattern on a line longer than 4 KiB", () => {
    const pattern = alertPatternOf("^(?<time>\\S+) (?<host>\\S+)(?<text>.*)$", place);
    expect(parseAlert(`02:57:58 web040 ${"x".repeat(4000)}`, pattern)?.host).toBe("web040");
    expect(parseAlert(`02:57:58 web040 ${"x".repeat(5000)}`, pattern)).toBeNull();
  });

  it("takes what it reads from the line, whatever stands there", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const line = `02:57:58 [C] a[b] web040 ping ${text}`;
        expect(line).toContain(parseAlert(line)?.text ?? "");
      }),
    );
  });
});

describe("alertPatternOf", () => {
  it.each([
    ["(?<time>.*)", 'config.yaml: alerts.pattern: pattern "(?<time>.*)" has no group "host"'],
    ["(?<host>.*)", 'config.yaml: alerts.pattern: pattern "(?<host>.*)" has no group "time"'],
    [
      "(?<time>",
      'config.yaml: alerts.pattern: pattern "(?<time>" is no regular expression: unterminated group',
    ],
    ["[", 'config.yaml: alerts.pattern: pattern "[" is no regular expression: unterminated character class'],
  ])("says what is wrong with %j", (source, message) => {
    const act = (): unknown => alertPatternOf(source, place);
    expect(act).toThrow(UsageError);
    expect(act).toThrow(
      expect.objectContaining({
        message,
        code: "alert-pattern",
        hint: expect.stringContaining("(?<time>…)"),
      }),
    );
  });

  it("finds the groups of any alternative", () => {
    expect(alertPatternOf("(?<time>a)|(?<host>b)", place)).toBeInstanceOf(RegExp);
  });
});

describe.skipIf(!hasSharedData)("parseAlert on the recorded nights (needs INQUEST_SHARED)", () => {
  it("reads all four messages", () => {
    const alerts = sharedLines("story/alerts.txt").flatMap((line) => parseAlert(line) ?? []);
    expect(alerts.map(({ host, check }) => [host, check])).toEqual([
      ["xxxxx010010010127.n.et2", "system"],
      ["xxxxx010010010127.n.et2", "check_http"],
      ["xxx041.n.et2", "check_http"],
      ["xxx040.n.et2", "check_http"],
    ]);
  });
});
