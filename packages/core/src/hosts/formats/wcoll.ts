import type { HostTarget } from "../../model/host.ts";
import { quoted } from "../host-list-error.ts";
import { splitWords } from "../split-words.ts";
import { wordReader } from "../word-reader.ts";
import type { HostListFormat } from "./host-list-format.ts";
import { lineMatching } from "./line-matching.ts";
import { withoutComment } from "./plain.ts";

/** `#include rack7`, in column 1 only. */
const includeLine = /^#include[ \t]+(\S.*)$/su;

/**
 * pdsh's files (wcoll.c, read_wcoll): host lists, `#` anywhere starts a comment, and `#include FILE` reads another.
 * A file that was read already is skipped, which also ends circles. Origins name the included file.
 */
export const wcoll: HostListFormat = {
  name: "wcoll",
  detect: (list) => lineMatching(list, includeLine),
  rivals: () => [],
  parse: (list) => {
    const read = wordReader();
    const mentions: HostTarget[] = [];
    const notes: string[] = [];
    const seen = new Set([list.place]);
    const take = (text: string, place: string): void => {
      for (const [index, line] of text
        .replace(/^\uFEFF/u, "")
        .split(/\r?\n/u)
        .entries()) {
        const origin = `${place}:${index + 1}`;
        const name = includeLine.exec(line)?.[1]?.trim();
        if (name === undefined) {
          const found = list.attempt(origin, () =>
            splitWords(withoutComment(line), origin).flatMap((word) => read(word, origin)),
          );
          for (const target of found) mentions.push(target);
          continue;
        }
        const included = list.include(name, origin);
        if (seen.has(included.place)) notes.push(`${origin}: ${quoted(name)} was read already, skipped`);
        else {
          seen.add(included.place);
          take(included.text, included.place);
        }
      }
    };
    take(list.text, list.place);
    return { mentions, groups: [], notes };
  },
};
