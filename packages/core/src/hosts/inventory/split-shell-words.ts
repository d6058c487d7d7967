import { hostListError, quoted } from "../host-list-error.ts";

/**
 * Words as Python's shlex.split(comments=True) cuts them: quotes, backslashes, `#` outside of quotes starts a
 * comment. `web1 ansible_user="a b" # core` has two.
 */
export function splitShellWords(text: string, place: string): string[] {
  if (!/["'\\#]/u.test(text)) return text.match(/\S+/gu) ?? [];
  const words: string[] = [];
  let word: string | null = null;
  for (let at = 0; at < text.length; at++) {
    const sign = text[at] ?? "";
    if (sign === "#") break;
    if (/\s/u.test(sign)) {
      if (word !== null) words.push(word);
      word = null;
    } else if (sign === "\\") word = (word ?? "") + (text[++at] ?? "");
    else if (sign === "'" || sign === '"') {
      const [inside, end] = quotedPart(text, at);
      if (end === -1)
        throw hostListError(place, `quote in ${quoted(text.trim())} is not closed`, `close it with ${sign}`);
      word = (word ?? "") + inside;
      at = end;
    } else word = (word ?? "") + sign;
  }
  if (word !== null) words.push(word);
  return words;
}

/** What stands between two quotes, and where the second is, or -1. A backslash counts between double quotes only. */
function quotedPart(text: string, start: number): readonly [inside: string, end: number] {
  const quote = text[start];
  let inside = "";
  for (let at = start + 1; at < text.length; at++) {
    const sign = text[at] ?? "";
    if (sign === quote) return [inside, at];
    const escaped = text[at + 1];
    if (quote === '"' && sign === "\\" && (escaped === '"' || escaped === "\\")) {
      inside += escaped;
      at++;
    } else inside += sign;
  }
  return [inside, -1];
}
