import type { HostTarget } from "../../model/host.ts";
import type { NodeSelection } from "./evaluate-nodes.ts";
import { hostListError, quoted } from "../host-list-error.ts";
import type { HostCatalogue } from "./host-catalogue.ts";
import { targetMatcher } from "../target-matcher.ts";

/** Operators of genders queries, brackets, `,` as in clush, and names. */
const tokens = /\|\||&&|--|[~(),]|(?:(?!\|\||&&|--)[^~(),\s])+/gu;
/** Brackets in brackets are read by recursion. */
const deepest = 100;

/**
 * The hosts of `-g` and `-X`: a group, several (`web,db`), or a query of genders (nodeattr(1)): `||` either, `&&`
 * both, `--` but not, `~` all others, brackets; from left to right, `~` first. `place` is `-g` or the like.
 */
export function expandGroups(query: string, place: string, catalogue: HostCatalogue): NodeSelection {
  const words = query.match(tokens) ?? [];
  let at = 0;
  const wrong = (): Error => {
    const hint = "write names and || && -- ~ ( ), such as web&&rack=r7";
    return hostListError(
      place,
      `group ${quoted(query)} is not understood at ${quoted(words[at] ?? "its end")}`,
      hint,
    );
  };
  const term = (depth: number): readonly HostTarget[] => {
    const word = words[at];
    if (word === undefined || depth > deepest) throw wrong();
    if (word === "~") {
      at++;
      const isWithin = targetMatcher(term(depth + 1));
      return catalogue.targets.filter((target) => !isWithin(target));
    }
    if (word === "(") {
      at++;
      const inside = sum(depth + 1);
      if (words[at] !== ")") throw wrong();
      at++;
      return inside;
    }
    if (/^(?:[|&)~,]|--)/u.test(word)) throw wrong();
    at++;
    return catalogue.members(word.replace(/^@/u, ""), place);
  };
  const sum = (depth: number): readonly HostTarget[] => {
    let left = term(depth);
    for (let sign = words[at]; sign !== undefined && sign !== ")"; sign = words[at]) {
      if (!["||", ",", "&&", "--"].includes(sign)) throw wrong();
      at++;
      const right = term(depth);
      const isRight = targetMatcher(right);
      if (sign === "&&") left = left.filter(isRight);
      else if (sign === "--") left = left.filter((target) => !isRight(target));
      else left = [...left, ...right];
    }
    return left;
  };
  const targets = sum(0);
  if (at < words.length) throw wrong();
  return { targets, excluded: [], picks: true, filters: [] };
}
