import type { HostTarget } from "../model/host.ts";
import { UsageError } from "../errors.ts";
import { mostFromRanges } from "./expand-ranges.ts";
import { hostListError, quoted } from "./host-list-error.ts";
import { splitWords } from "./split-words.ts";
import { targetsOfWord } from "./targets-of-word.ts";

/** What a node expression of the command line names and what it takes away. */
export interface NodeSelection {
  readonly targets: readonly HostTarget[];
  readonly excluded: readonly HostTarget[];
}

/**
 * An expression as `-w`, `-x` and positional words have it: `web[01-12],db1`; `-web2` (pdsh) and `!web2`
 * (ClusterShell), also glued as in `web[1-3]!web2`, take a host away wherever it was named. `place` is `-w` or
 * the like.
 */
export function expandNodes(expression: string, place: string): NodeSelection {
  const targets: HostTarget[] = [];
  const excluded: HostTarget[] = [];
  let fromRanges = 0;
  for (const word of splitWords(expression).flatMap((text) => text.split(/(?=!)/u))) {
    if (word.startsWith("@")) {
      const hint = "no list that was read defines groups";
      throw new UsageError("unknown-group", `${place}: group ${quoted(word)} is not known`, { hint });
    }
    const name = /^[-!](.*)$/su.exec(word)?.[1];
    if (name === "") {
      throw hostListError(place, `exclusion ${quoted(word)} names no host`, "write -web2 or !web2");
    }
    const found = targetsOfWord(name ?? word, place, mostFromRanges - fromRanges);
    if (found.length > 1) fromRanges += found.length;
    const named = name === undefined ? targets : excluded;
    for (const target of found) named.push(target);
  }
  return { targets, excluded };
}
