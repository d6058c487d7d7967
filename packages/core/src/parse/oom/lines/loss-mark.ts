import type { Micros } from "../../../model/units.ts";

/** What a console says of records it could not print in time. */
export interface LossMark {
  /** Records that are lost here; 0: none, the next line repeats one. */
  readonly lost: number;
  /** Text of a record that stands behind the mark on the same line, and its stamp. */
  readonly rest: string;
  readonly stampUs: Micros | null;
}

// ** 3 printk messages dropped **             with the next record behind it on the same line before 5.10
// ** replaying previous printk message **                                                          since 4.10
const pattern =
  /^\*\* (?:(\d{1,12}) printk messages dropped|replaying previous printk message) \*\*\s{0,8}(?:<\d{1,3}>)?(?:\[ {0,8}(\d{1,10})\.(\d{6})\] ?)?/;

/** console_unlock(), kernel/printk/printk.c: a mark that begins a record's text, or null. */
export function parseLossMark(text: string): LossMark | null {
  const found = text.startsWith("** ") ? pattern.exec(text) : null;
  if (found === null) return null;
  const [mark, lost = "0", seconds, micros] = found;
  return {
    lost: Number(lost),
    rest: text.slice(mark.length),
    stampUs: seconds === undefined ? null : Number(seconds) * 1_000_000 + Number(micros),
  };
}
