import { hostListError } from "../host-list-error.ts";
import { inGroups } from "../in-groups.ts";
import type { Attempt } from "../skip-bad-lines.ts";
import { textOfNode, type MapNode } from "../tree/tree-node.ts";
import { wordReader } from "../word-reader.ts";
import type { ListContent } from "./host-list-format.ts";

/**
 * A host group of sos (sos/collector, _write_host_group): `{"name","primary","cluster_type","nodes":[…]}`. The primary
 * is visited like the nodes, unless it is the machine that sos ran on.
 */
export function sosGroup({ entries }: MapNode, place: string, attempt: Attempt): ListContent {
  const name = textOfNode(entries.get("name")?.value);
  const nodes = entries.get("nodes")?.value;
  const primary = entries.get("primary")?.value;
  const items = nodes?.kind === "list" ? nodes.items : [];
  const hasPrimary = !["", "localhost"].includes(textOfNode(primary) ?? "");
  const read = wordReader();
  const groups = name === null ? [] : [name];
  const mentions = [...(primary !== undefined && hasPrimary ? [primary] : []), ...items].flatMap((item) => {
    const origin = `${place}:${item.line}`;
    const word = textOfNode(item);
    if (word === null) throw hostListError(origin, "node is not a text", 'write "nodes": ["web1","web2"]');
    return attempt(origin, () => read(word, origin).map((target) => inGroups(target, groups)));
  });
  return { mentions, groups: groups.map((label) => ({ label, source: null, name: label })), notes: [] };
}
