import { displayWidth } from "./display-width.ts";

/**
 * One line broken at its blanks into lines of at most `width` cells (null: it stays one, for grep); all but the first
 * start `hang` cells from the left. A word that is longer than a line stays whole. Sanitized text only.
 */
export function wrapped(line: string, width: number | null, hang = 2): string {
  if (width === null || displayWidth(line) <= width) return line;
  const lines: string[] = [];
  const indent = " ".repeat(hang);
  let words: string[] = [];
  let used = 0;
  for (const word of line.split(" ")) {
    const cells = displayWidth(word);
    // A word that would start no further left on the next line gains nothing by going there.
    if (words.length > 0 && used + 1 + cells > width && used + 1 > hang) {
      lines.push(words.join(" "));
      words = [indent + word];
      used = hang + cells;
    } else {
      used += words.length === 0 ? cells : cells + 1;
      words.push(word);
    }
  }
  return [...lines, words.join(" ")].map((one) => one.trimEnd()).join("\n");
}
