import fc from "fast-check";
import { expect, test } from "vitest";
import { toJson } from "../../../packages/cli/src/render/json.ts";
import { sanitize } from "../../../packages/cli/src/render/sanitize.ts";

// eslint-disable-next-line no-control-regex
const acting = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069\u061c\ufeff]/u;

test.each([
  ["\u001b[31mred\u001b[0m", "\\x1b[31mred\\x1b[0m"],
  ["\u001b]0;title\u0007", "\\x1b]0;title\\x07"],
  ["one\ntwo\tthree\r", "one\\ntwo\\tthree\\r"],
  ["c1 csi \u009b2J", "c1 csi \\x9b2J"],
  ["rtl \u202egnp.exe", "rtl \\u202egnp.exe"],
  ["nothing\u200bwide", "nothing\\u200bwide"],
  ["tag \u{e0041}", "tag \\u{e0041}"],
  ["half \ud800", "half \\ud800"],
  ["日本語 é 🙂", "日本語 é 🙂"],
  ["", ""],
])("shows %j as %j", (text, shown) => {
  expect(sanitize(text)).toBe(shown);
});

test("no text of a host acts on a terminal", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(sanitize(text)).not.toMatch(acting);
      expect(sanitize(sanitize(text))).toBe(sanitize(text));
    }),
  );
});

test("JSON keeps every value and acts on no terminal", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.string({ unit: "binary" }), (name, text) => {
      const value = { name, text: text.toWellFormed() };
      expect(JSON.parse(toJson(value))).toEqual(value);
      expect(toJson(value)).not.toMatch(acting);
    }),
  );
});
