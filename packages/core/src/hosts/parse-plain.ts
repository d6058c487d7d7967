import type { HostTarget } from "../model/host.ts";
import { mostFromRanges } from "./expand-ranges.ts";
import { splitWords } from "./split-words.ts";
import { targetsOfWord } from "./targets-of-word.ts";

/**
 * The plain grammar of pgm, mussh and xargs: hosts separated by blanks, commas and lines, `#` starts a comment.
 * `33.103.52.130`, `admin@web1.cm3:2222  # core`, `[fe80::1]:22`, `web[01-12],db1`
 */
export function parsePlain(lines: readonly string[], place: string): HostTarget[] {
  const targets: HostTarget[] = [];
  let fromRanges = 0;
  for (const [index, line] of lines.entries()) {
    const origin = `${place}:${index + 1}`;
    for (const word of splitWords(line.replace(/#.*$/su, ""))) {
      const found = targetsOfWord(word, origin, mostFromRanges - fromRanges);
      if (found.length > 1) fromRanges += found.length;
      for (const target of found) targets.push(target);
    }
  }
  return targets;
}
