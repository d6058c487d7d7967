import { displayWidth } from "./display-width.ts";

/**
 * A text with each of its lines broken at blanks into lines of at most `width` cells (null: none is, for grep). What
 * follows the first starts `hang` cells from the left; not told: two further in than its line. A word that is longer
 * than a line stays whole. Sanitized text only.
 */
export function wrapped(text: string, width: number | null, hang?: number): string {
  if (width === null) return text;
  return text
    .split("\n")
    .map((line) => (displayWidth(line) <= width ? line : broken(line, width, hang)))
    .join("\n");
}

function broken(line: string, width: number, hang = line.search(/[^ ]|$/) + 2): string {
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
