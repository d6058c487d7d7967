import { expect, test } from "vitest";
import { mergeCell, wordsOf } from "../../../packages/cli/src/review/merge-cell.ts";

const base = (value: string | null) => ({ value });
const former = (...values: (string | null)[]) => ({ former: values });

test.each([
  ["a cell as it was exported", "open", "open", base("open"), { is: "untouched" }],
  ["one that only the store changed", "open", "done", base("open"), { is: "untouched" }],
  ["one that was changed to what the store has by now", "done", "done", base("open"), { is: "untouched" }],
  ["a new word", "open", null, base(null), { is: "changed", to: "open" }],
  ["another word", "done", "open", base("open"), { is: "changed", to: "done" }],
  ["a cell that was emptied", "", "open", base("open"), { is: "changed", to: null }],
  ["a word both changed", "done", "wontfix", base("open"), { is: "conflict", to: "done" }],
  ["an emptied cell whose word the store changed", "", "done", base("open"), { is: "conflict", to: null }],
  ["a guarded word as it was", "'=1+1", "=1+1", base("=1+1"), { is: "untouched" }],
  ["a word that begins with a guard itself", "'=1+1", "'=1+1", base("'=1+1"), { is: "untouched" }],
  ["line ends of a spreadsheet", "a\r\nb ", "a\nb", base("a\nb"), { is: "untouched" }],
  ["no word beside none, origin unknown", "", null, former(), { is: "untouched" }],
  ["a new word, origin unknown", "open", null, former(), { is: "changed", to: "open" }],
  ["another word, origin unknown", "done", "open", former(null), { is: "changed", to: "done" }],
  ["an old word, origin unknown", "open", "done", former("open"), { is: "conflict", to: "open" }],
  ["an empty cell, origin unknown", "", "done", former(null), { is: "conflict", to: null }],
] as const)("%s", (_what, cell, store, from, merged) => {
  expect(mergeCell(cell, store, from)).toEqual(merged);
});

test("takes exactly one guard off", () => {
  expect(["'=x", "''=x", "'+1", "'it is", "''", "'@a"].map(wordsOf)).toEqual([
    "=x",
    "'=x",
    "+1",
    "'it is",
    "''",
    "@a",
  ]);
});
