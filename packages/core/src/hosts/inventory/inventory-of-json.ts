import { hostListError, quoted } from "../host-list-error.ts";
import type { Attempt } from "../skip-bad-lines.ts";
import { textOfNode, type MapNode, type TreeNode } from "../tree/tree-node.ts";
import { keepVar } from "./connection-vars.ts";
import { patternReader } from "./expand-pattern.ts";
import { addHost, emptyInventory, groupOf, type Inventory, type InventoryVar } from "./inventory.ts";

/**
 * The inventory that `ansible-inventory --list` and inventory scripts print: groups of `hosts`, `children` and `vars`
 * (or only a list of hosts), and the variables of each host in `_meta.hostvars`.
 */
export function inventoryOfJson({ entries }: MapNode, place: string, attempt: Attempt): Inventory {
  const inventory = emptyInventory();
  const expand = patternReader();
  const varsOfHost = new Map<string, Map<string, InventoryVar>>();
  for (const [host, { value }] of mapIn(mapIn(entries.get("_meta")?.value)?.get("hostvars")?.value) ?? [])
    varsOfHost.set(host, connectionPart(value, place));
  for (const [name, { value, line }] of entries) {
    if (name === "_meta") continue;
    const parts = mapIn(value);
    if (parts === null && value.kind !== "list") {
      const problem = `group ${quoted(name)} is neither a mapping nor a list`;
      throw hostListError(`${place}:${line}`, problem, 'write {"web":{"hosts":["web1"]}}');
    }
    const group = groupOf(inventory, name);
    for (const { text, origin } of namesIn(parts === null ? value : parts.get("hosts")?.value, name, place)) {
      const vars = varsOfHost.get(text) ?? new Map<string, InventoryVar>();
      for (const { names, port } of attempt(origin, () => [expand(text, origin)]))
        for (const host of names)
          addHost(
            inventory,
            { name: host, origin, port },
            /^(?:all|ungrouped)$/u.test(name) ? null : name,
            vars,
          );
    }
    for (const { text, origin } of namesIn(parts?.get("children")?.value, name, place)) {
      groupOf(inventory, text);
      group.children.set(text, origin);
    }
    const vars = parts?.get("vars")?.value;
    if (vars !== undefined)
      for (const [key, found] of connectionPart(vars, place)) group.vars.set(key, found);
  }
  return inventory;
}

function mapIn(node: TreeNode | undefined): MapNode["entries"] | null {
  return node?.kind === "map" ? node.entries : null;
}

function connectionPart(node: TreeNode, place: string): Map<string, InventoryVar> {
  const vars = new Map<string, InventoryVar>();
  for (const [name, { value, line }] of mapIn(node) ?? [])
    if (value.kind === "text") keepVar(vars, name, value.text, `${place}:${line}`);
  return vars;
}

function namesIn(
  node: TreeNode | undefined,
  group: string,
  place: string,
): readonly { readonly text: string; readonly origin: string }[] {
  if (node === undefined || (node.kind === "text" && node.text === null)) return [];
  const items = node.kind === "list" ? node.items : [node];
  return items.map((item) => {
    const text = textOfNode(item);
    if (text !== null) return { text, origin: `${place}:${item.line}` };
    throw hostListError(
      `${place}:${item.line}`,
      `group ${quoted(group)} holds more than names`,
      'write "hosts": ["web1"]',
    );
  });
}
