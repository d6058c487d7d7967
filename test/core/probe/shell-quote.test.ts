import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { shellQuote } from "../../../packages/core/src/probe/shell-quote.ts";
import { installedShells, runInShell } from "../../support/shells.ts";

const nasty = [
  "",
  " ",
  "a b",
  "it's",
  '"',
  "\\",
  "\\'",
  "a\\b\\\\",
  "!",
  "a!b'!",
  "$HOME",
  "`id`",
  "*",
  "~",
  "#",
  "{a,b}",
  "é",
  "%s",
];

describe("shellQuote", () => {
  it.each(installedShells)("gives $name back every word as it was", (shell) => {
    const words = [
      ...nasty,
      ...fc.sample(fc.stringMatching(/^[\x20-\x7eé]{0,12}$/u), { numRuns: 60, seed: 7 }),
    ];
    const command = `printf '<%s>' ${words.map(shellQuote).join(" ")}`;
    const { stdout } = runInShell(shell, { command, stdin: Buffer.alloc(0) });
    expect(stdout.toString()).toBe(words.map((word) => `<${word}>`).join(""));
  });

  it("leaves plain words plain", () => {
    expect(shellQuote("/tmp/root-1,a")).toBe("/tmp/root-1,a");
    expect(shellQuote("")).toBe("''");
  });

  it("refuses what no shell could be given", () => {
    for (const word of ["a\nb", "\0", "\u001b[31m", "\r"])
      expect(() => shellQuote(word)).toThrow(/cannot be quoted/u);
  });
});
