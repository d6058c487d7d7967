import { hostListError, quoted } from "../host-list-error.ts";
import { keepVar } from "../inventory/connection-vars.ts";
import { patternReader, type ExpandPattern } from "../inventory/expand-pattern.ts";
import {
  addHost,
  emptyInventory,
  groupOf,
  type Inventory,
  type InventoryVar,
} from "../inventory/inventory.ts";
import { inventoryContent } from "../inventory/inventory-content.ts";
import type { Attempt } from "../skip-bad-lines.ts";
import type { MapNode, TreeNode } from "../tree/tree-node.ts";
import { yamlTree } from "../tree/yaml-tree.ts";
import type { HostListFormat, ListText } from "./host-list-format.ts";
import { looksLikeYaml } from "./looks-like-yaml.ts";

/** A `hosts:`, `children:` or `vars:` with a mapping below it, not a list. */
const groupKey =
  /(?:^[ \t]+|\{[ \t]*)["']?(?:hosts|children|vars)["']?[ \t]*:[ \t]*(?:\{|(?:#.*)?(?:$(?!\r?\n[ \t]*-)))/mu;
const groupShape = "write a group as web: {hosts: {web1: }, vars: {…}, children: {…}}";

/** Ansible's YAML inventories (plugins/inventory/yaml.py): groups of `hosts`, `vars` and `children`. */
export const ansibleYaml: HostListFormat = {
  name: "ansible-yaml",
  detect: (list) => (looksLikeYaml(list) && groupKey.test(list.text) ? 1 : null),
  rivals: () => [],
  parse: (list) => inventoryContent(parseYaml(list), list.attempt),
};

function parseYaml({ text, place, attempt }: ListText): Inventory {
  const inventory = emptyInventory();
  const reader: GroupReader = { inventory, expand: patternReader(), place, attempt };
  for (const [name, { value }] of mapOf(yamlTree(text, place), () => "inventory", place).entries)
    readGroup(reader, name, value);
  return inventory;
}

interface GroupReader {
  readonly inventory: Inventory;
  readonly expand: ExpandPattern;
  readonly place: string;
  readonly attempt: Attempt;
}

function readGroup(reader: GroupReader, name: string, node: TreeNode): void {
  const { inventory, expand, place, attempt } = reader;
  const group = groupOf(inventory, name);
  for (const [key, { value, line }] of mapOf(node, () => `group ${quoted(name)}`, place).entries) {
    if (key === "vars") {
      for (const [variable, vars] of connectionPart(value, () => `vars of ${quoted(name)}`, place))
        group.vars.set(variable, vars);
    } else if (key === "children") {
      for (const [child, entry] of mapOf(value, () => `children of ${quoted(name)}`, place).entries) {
        group.children.set(child, `${place}:${entry.line}`);
        readGroup(reader, child, entry.value);
      }
    } else if (key === "hosts") {
      for (const [pattern, entry] of mapOf(value, () => `hosts of ${quoted(name)}`, place).entries) {
        const origin = `${place}:${entry.line}`;
        const vars = connectionPart(entry.value, () => `host ${quoted(pattern)}`, place);
        const direct = name === "all" || name === "ungrouped" ? null : name;
        for (const { names, port } of attempt(origin, () => [expand(pattern, origin)]))
          for (const host of names) addHost(inventory, { name: host, origin, port }, direct, vars);
      }
    } else
      throw hostListError(
        `${place}:${line}`,
        `key ${quoted(key)} of group ${quoted(name)} is not known`,
        groupShape,
      );
  }
}

function connectionPart(node: TreeNode, thing: () => string, place: string): Map<string, InventoryVar> {
  const vars = new Map<string, InventoryVar>();
  for (const [name, { value, line }] of mapOf(node, thing, place).entries)
    if (value.kind === "text") keepVar(vars, name, value.text, `${place}:${line}`);
  return vars;
}

/** A mapping; nothing at all is an empty one. `thing` names it in an error. */
function mapOf(node: TreeNode, thing: () => string, place: string): MapNode {
  if (node.kind === "map") return node;
  if (node.kind === "text" && node.text === null) return { kind: "map", line: node.line, entries: new Map() };
  throw hostListError(`${place}:${node.line}`, `${thing()} is not a mapping`, groupShape);
}
