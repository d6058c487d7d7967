import { expect, test } from "vitest";
import { wrapped } from "../../../packages/cli/src/render/wrapped.ts";

test("breaks a line at its blanks, the rest hanging below it", () => {
  expect(wrapped("web01: eleven kills at night", 16)).toBe("web01: eleven\n  kills at night");
  expect(wrapped("  user: a word of it", 14, 8)).toBe("  user: a word\n        of it");
});

test("keeps one line where it fits, and where no terminal tells a width", () => {
  expect(wrapped("a  b   c", 8)).toBe("a  b   c");
  expect(wrapped("a word ".repeat(40), null)).toBe("a word ".repeat(40));
});

test("never cuts a word, and leaves a long one beside its label", () => {
  const path = `/kubepods/${"a".repeat(100)}`;
  expect(wrapped(`cgroup: ${path} of it`, 30, 8)).toBe(`cgroup: ${path}\n        of it`);
  expect(wrapped(`it died in ${path}`, 30)).toBe(`it died in\n  ${path}`);
});

test("counts the cells of wide characters", () => {
  expect(wrapped("日本語 日本語 日本語", 14)).toBe("日本語 日本語\n  日本語");
});
