import { splitWords } from "../split-words.ts";
import { wordReader } from "../word-reader.ts";
import type { HostListFormat } from "./host-list-format.ts";

/**
 * The plain grammar of pgm, mussh and xargs: hosts separated by blanks, commas and lines, `#` starts a comment.
 * `33.103.52.130`, `admin@web1.cm3:2222  # core`, `[fe80::1]:22`, `web[01-12],db1`
 */
export const plain: HostListFormat = {
  name: "plain",
  detect: () => 1,
  rivals: () => [],
  parse: ({ lines, place, attempt }) => {
    const read = wordReader();
    const mentions = lines.flatMap((line, index) => {
      const origin = `${place}:${index + 1}`;
      return attempt(origin, () =>
        splitWords(withoutComment(line), origin).flatMap((word) => read(word, origin)),
      );
    });
    return { mentions, groups: [], notes: [] };
  },
};

/** A line up to its first `#`. */
export function withoutComment(line: string): string {
  const comment = line.indexOf("#");
  return comment === -1 ? line : line.slice(0, comment);
}
