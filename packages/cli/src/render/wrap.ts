import { displayWidth } from "./display-width.ts";

/** What begins the first line of a wrapped text, and each further one. */
interface Indents {
  readonly first?: string;
  readonly rest?: string;
}

/**
 * A text broken at its blanks into lines of at most `width` columns; null breaks nothing, so that a pipe has one line a
 * thing. A word that is wider than a line stays whole. No newline at the end.
 */
export function wrap(text: string, width: number | null, { first = "", rest = first }: Indents = {}): string {
  if (width === null) return first + text;
  const lines: string[] = [];
  let line: string | null = null;
  for (const word of text.split(" ")) {
    const indent = lines.length === 0 ? first : rest;
    if (line === null) line = word;
    else if (displayWidth(`${indent}${line} ${word}`) <= width) line += ` ${word}`;
    else {
      lines.push(indent + line);
      line = word;
    }
  }
  return [...lines, (lines.length === 0 ? first : rest) + (line ?? "")].join("\n");
}
