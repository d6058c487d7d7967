import { expandGroups } from "./nodes/expand-groups.ts";
import { evaluateNodes, type NodeSelection } from "./nodes/evaluate-nodes.ts";
import { hostCatalogue, type ListedHosts } from "./nodes/host-catalogue.ts";
import { wordReader } from "./word-reader.ts";

export type { NodeSelection } from "./nodes/evaluate-nodes.ts";

/** What an expression may speak of, and in which language. */
export interface NodeScope {
  /** The lists of the command line; `@group`, wildcards and bare names mean their hosts. */
  readonly lists?: readonly ListedHosts[];
  /** Whether the expression is of groups, as `-g` and `-X` have it: `web,db`, or genders' `web&&~rack=r7`. */
  readonly ofGroups?: boolean;
}

const noLists: readonly ListedHosts[] = [];

/**
 * An expression as `-w`, `-x` and positional words have it: `web[01-12],db1`; `-web2` (pdsh) and a leading `!web2`
 * take a host away wherever it was named; glued operators (`web[1-9]!web3`, `@web&@rack1`, `a^b`) go from left to
 * right, as in ClusterShell. `place` is `-w` or the like. Throws UsageError.
 */
export function expandNodes(
  expression: string,
  place: string,
  { lists = noLists, ofGroups = false }: NodeScope = {},
): NodeSelection {
  const catalogue = hostCatalogue(lists);
  return ofGroups
    ? expandGroups(expression, place, catalogue)
    : evaluateNodes(expression, place, catalogue, wordReader());
}
