import { jsonTree } from "../tree/json-tree.ts";
import type { TreeNode } from "../tree/tree-node.ts";
import { inventoryContent } from "../inventory/inventory-content.ts";
import { inventoryOfJson } from "../inventory/inventory-of-json.ts";
import { hostListError } from "../host-list-error.ts";
import type { HostListFormat, ListContent, ListText } from "./host-list-format.ts";
import { recordsOfJson } from "./json-records.ts";
import { sosGroup } from "./sos-group.ts";

/** `{`, `["`, `[{` or `[]`, with any blanks; `[1-3]` and `[fe80::1]` are not. */
const opening = /^\s*(?:\{|\[\s*["{\]])/u;

/**
 * JSON: what `ansible-inventory --list` prints, a group that `sos collect --save-group` wrote, and lists of our own:
 * `["web1"]`, `[{"host":"web1","user":"admin","port":22,"groups":[]}]`, which `expand -o json` prints.
 */
export const json: HostListFormat = {
  name: "json",
  detect: ({ text }) => {
    const start = opening.exec(text)?.[0];
    return start === undefined ? null : (/^\s*/u.exec(text)?.[0].match(/\n/gu)?.length ?? 0) + 1;
  },
  rivals: () => [],
  parse: (list) => contentOf(jsonTree(list.text, list.place), list),
};

function contentOf(tree: TreeNode, { place, attempt }: ListText): ListContent {
  if (tree.kind === "list") return recordsOfJson(tree.items, place, attempt);
  if (tree.kind === "map")
    return tree.entries.get("nodes")?.value.kind === "list"
      ? sosGroup(tree, place, attempt)
      : inventoryContent(inventoryOfJson(tree, place, attempt), attempt);
  throw hostListError(
    `${place}:${tree.line}`,
    "JSON is neither a list nor an inventory",
    'write ["web1","web2"]',
  );
}
