import type { HostTarget } from "../../model/host.ts";
import { UsageError } from "../../errors.ts";
import { hostListError, quoted } from "../host-list-error.ts";
import type { HostCatalogue } from "./host-catalogue.ts";
import type { NameFilter } from "./name-filters.ts";
import { splitNodes, type NodeTerm } from "./split-nodes.ts";
import { isWildcard, wildcard } from "./wildcard.ts";
import { targetMatcher } from "../target-matcher.ts";
import type { ReadWord } from "../word-reader.ts";

/** What a node expression of the command line names and what it takes away. */
export interface NodeSelection {
  readonly targets: readonly HostTarget[];
  /** Taken away wherever they are named. */
  readonly excluded: readonly HostTarget[];
  /** Whether it picks from the lists (`@web`, `web*`): then they only say what there is. */
  readonly picks: boolean;
  /** Over every host of the selection, however it was named. */
  readonly filters: readonly NameFilter[];
}

/** Evaluates a node expression: its terms from left to right, groups and wildcards out of the catalogue. */
export function evaluateNodes(
  expression: string,
  place: string,
  catalogue: HostCatalogue,
  read: ReadWord,
): Omit<NodeSelection, "filters"> {
  let targets: HostTarget[] = [];
  const excluded: HostTarget[] = [];
  let picks = false;
  for (const term of splitNodes(expression, place)) {
    const found = targetsOf(term, place, catalogue, read);
    if (term.operator === "-") for (const target of found) excluded.push(target);
    else if (term.operator === ",") for (const target of found) targets.push(target);
    else targets = combine(targets, found, term.operator);
    picks ||= (term.operator === "," || term.operator === "^") && speaksOfLists(term.word);
  }
  return { targets, excluded, picks };
}

function speaksOfLists(word: string): boolean {
  return word.startsWith("@") || isWildcard(word);
}

function targetsOf(
  { word, operator }: NodeTerm,
  place: string,
  catalogue: HostCatalogue,
  read: ReadWord,
): readonly HostTarget[] {
  if (word.startsWith("@@")) {
    throw hostListError(
      place,
      `${quoted(word)} names groups, not hosts`,
      `write @${word.slice(2)}:* for their hosts`,
    );
  }
  if (word.startsWith("@")) return catalogue.members(word.slice(1), place);
  if (isWildcard(word)) {
    const matches = wildcard(word);
    const found = catalogue.targets.filter(({ host, name }) => matches(host) || matches(name));
    // What is not there needs no taking away.
    if (found.length > 0 || (catalogue.targets.length > 0 && operator !== "," && operator !== "^"))
      return found;
    const hint = "wildcards find hosts of a list; name it with -f FILE";
    throw new UsageError("unknown-host", `${place}: ${quoted(word)} matches no host of a list`, { hint });
  }
  return read(word, place).flatMap((target) => {
    const listed = target.user === null && target.port === null ? catalogue.named(target.host) : [];
    return listed.length > 0 ? listed : [target];
  });
}

function combine(
  left: readonly HostTarget[],
  right: readonly HostTarget[],
  operator: "!" | "&" | "^",
): HostTarget[] {
  const isRight = targetMatcher(right);
  if (operator === "&") return left.filter(isRight);
  const onlyLeft = left.filter((target) => !isRight(target));
  if (operator === "!") return onlyLeft;
  const isLeft = targetMatcher(left);
  return [...onlyLeft, ...right.filter((target) => !isLeft(target))];
}
