import { describe, expect, it, test } from "vitest";
import { monthOf } from "../../../../packages/core/src/parse/kernel-log/month-of.ts";

const languages = [
  "en",
  "de",
  "de-AT",
  "fr",
  "es",
  "it",
  "pt",
  "nl",
  "pl",
  "ru",
  "cs",
  "sv",
  "fi",
  "tr",
  "ja",
  "zh",
  "ko",
  "ro",
  "da",
  "nb",
  "uk",
];
const months = Array.from({ length: 12 }, (_, at) => at + 1);

describe("monthOf", () => {
  test.each(languages)("knows the long names of %s", (language) => {
    const format = new Intl.DateTimeFormat(language, { month: "long", timeZone: "UTC" });
    expect(months.map((month) => monthOf(format.format(Date.UTC(2026, month - 1, 15))))).toEqual(months);
  });

  test.each(languages)("never takes a short name of %s for another month", (language) => {
    const format = new Intl.DateTimeFormat(language, { month: "short", timeZone: "UTC" });
    for (const month of months) {
      const name = format.format(Date.UTC(2026, month - 1, 15));
      expect([null, month]).toContain(monthOf(name));
    }
  });

  test.each([
    ["Apr", 4],
    ["déc.", 12],
    ["MÄRZ", 3],
    ["1月", 1],
    ["１２月", 12],
    ["9월", 9],
    ["фев", 2],
    ["13月", null],
    ["Sun", null],
    ["12", null],
    ["", null],
  ])("reads %j", (name, month) => {
    expect(monthOf(name)).toBe(month);
  });

  it("does not go through a name that is too long to be one", () => {
    expect(monthOf("x".repeat(100_000))).toBeNull();
  });

  it("knows every month by three English letters", () => {
    const names = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
    expect(names.map(monthOf)).toEqual(months);
  });
});
