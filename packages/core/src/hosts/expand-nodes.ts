import { hostListError, quoted } from "./host-list-error.ts";
import { expandGroups } from "./nodes/expand-groups.ts";
import { evaluateNodes, type NodeSelection } from "./nodes/evaluate-nodes.ts";
import { hostCatalogue, type ListedHosts } from "./nodes/host-catalogue.ts";
import { takeFilters } from "./nodes/name-filters.ts";
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
 * take a host away wherever it was named; `/re/` keeps and `-/re/` takes away what matches (pdsh); glued operators (`web[1-9]!web3`, `@web&@rack1`, `a^b`) go from left to
 * right, as in ClusterShell. `place` is `-w` or the like. Throws UsageError.
 */
export function expandNodes(
  expression: string,
  place: string,
  { lists = noLists, ofGroups = false }: NodeScope = {},
): NodeSelection {
  const catalogue = hostCatalogue(lists);
  if (ofGroups) return expandGroups(expression, place, catalogue);
  const read = wordReader();
  const { rest, filters } = takeFilters(expression, place);
  const selection = evaluateNodes(rest, place, catalogue, (word) => read(withoutRcmd(word, place), place));
  return { ...selection, filters };
}

/** pdsh's `rcmd_type:host`: we are ssh, and nothing else. */
function withoutRcmd(word: string, place: string): string {
  const [, type, host = ""] = /^(ssh|rsh|mrsh|krb4|qsh|mqsh|xcpu|exec):(?!\d+$)(.+)$/u.exec(word) ?? [];
  if (type === undefined || type === "ssh") return type === undefined ? word : host;
  throw hostListError(place, `${quoted(word)} asks for ${type}`, `inquest connects by ssh: write ${host}`);
}
