import { checkRangeBlanks } from "../check-range-blanks.ts";
import { hostListError, quoted } from "../host-list-error.ts";

/** One term of a node expression. */
export interface NodeTerm {
  /**
   * ClusterShell's operators: `,` adds, `!` takes away, `&` keeps what is in both, `^` what is in one only; all from
   * left to right. `-` takes away wherever the host was named: pdsh's `-web2`, and a `!web2` with nothing before it.
   */
  readonly operator: "," | "!" | "&" | "^" | "-";
  readonly word: string;
}

/** Words, operators, and what separates. Brackets keep their commas: `web[1,3]!web3 db1`. */
const tokens = /[\s,]+|[!&^]|(?:\[[^\]\s]*\]?|[^\s,[!&^])+/gu;

/** A node expression cut into its terms. `place` is `-w` or the like. */
export function splitNodes(expression: string, place: string): NodeTerm[] {
  // One word is what nearly every line of a long list is.
  if (/^[^\s,!&^-][^\s,!&^]*$/u.test(expression)) return [{ operator: ",", word: expression }];
  checkRangeBlanks(expression, place);
  const terms: NodeTerm[] = [];
  const found = expression.match(tokens) ?? [];
  let pending: NodeTerm["operator"] | null = null;
  for (const [index, token] of found.entries()) {
    const before = found[index - 1];
    const starts = before === undefined || /^[\s,]/u.test(before);
    if (/^[\s,]/u.test(token)) {
      if (pending !== null && token.includes(",")) throw dangling(pending, expression, place);
    } else if (token === "!" || token === "&" || token === "^") {
      if (pending !== null) throw dangling(pending, expression, place);
      const glued = starts && /^[^\s,]/u.test(found[index + 1] ?? " ");
      if (token === "!" && glued) pending = "-";
      else if (terms.length === 0 && token !== "^") throw dangling(token, expression, place);
      else pending = token;
      // pdsh's ^FILE; the caller reads files before it comes here.
      if (token === "^" && glued) pending = ",";
    } else {
      const file = pending === "," && before === "^" ? "^" : "";
      if (pending === null && token.startsWith("-")) terms.push({ operator: "-", word: token.slice(1) });
      else terms.push({ operator: pending ?? ",", word: file + token });
      pending = null;
    }
  }
  if (pending !== null) throw dangling(pending, expression, place);
  const nameless = terms.find(({ word }) => word === "");
  if (nameless === undefined) return terms;
  throw hostListError(place, `exclusion "-" names no host`, "write -web2 or !web2");
}

function dangling(operator: string, expression: string, place: string): Error {
  const sign = operator === "-" ? "!" : operator;
  const problem = `operator ${quoted(sign)} in ${quoted(expression)} lacks a side`;
  return hostListError(place, problem, `write web[1-9]${sign}web3`);
}
