import { hostListError, quoted } from "./host-list-error.ts";

/**
 * Refuses `web[ 1-2 ]` and `web[1, 3]` where a blank ends a word: cut there, its halves would be blamed for brackets
 * that nobody forgot. Only what could be a range: a bracket that is left open keeps its own reason.
 */
export function checkRangeBlanks(text: string, place: string): void {
  let from = 0;
  for (let close = text.indexOf("]"); close !== -1; close = text.indexOf("]", from)) {
    const bracket = text.slice(from, close).lastIndexOf("[");
    const open = from + bracket;
    from = close + 1;
    const inside = text.slice(open + 1, close);
    if (bracket === -1 || !/^[\d\s,:/-]*$/u.test(inside) || !/\s/u.test(inside)) continue;
    const before = /[^\s,]*$/u.exec(text.slice(Math.max(0, open - 253), open))?.[0] ?? "";
    const after = /^[^\s,]*/u.exec(text.slice(close + 1))?.[0] ?? "";
    const problem = `range ${quoted(`${before}[${inside}]${after}`)} has blanks in it`;
    const joined = inside.replaceAll(/\s+/gu, "");
    const hint =
      /\d/u.test(joined) && joined.length < 80 ? `write it as [${joined}]` : "write ranges as web[01-12]";
    throw hostListError(place, problem, hint);
  }
}
