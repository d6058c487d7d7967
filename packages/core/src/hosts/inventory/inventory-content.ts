import type { HostTarget } from "../../model/host.ts";
import type { ListContent } from "../formats/host-list-format.ts";
import { hostListError, quoted } from "../host-list-error.ts";
import type { Attempt } from "../skip-bad-lines.ts";
import type { Inventory, InventoryVar, InventoryVars } from "./inventory.ts";
import { targetOfHost } from "./target-of-host.ts";

/** What a host gets from the groups it is in. */
interface Inheritance {
  /** All of them but `all` and `ungrouped`, sorted. */
  readonly labels: readonly string[];
  readonly vars: ReadonlyMap<string, InventoryVar>;
}

/**
 * The hosts of an inventory with the variables they inherit: those of `all`, then of outer before inner groups (of
 * equal depth by name, ansible/inventory/helpers.py sort_groups), then their own.
 */
export function inventoryContent(inventory: Inventory, attempt: Attempt): ListContent {
  const inheritanceOf = inheritance(inventory);
  const notes = new Set<string>();
  const mentions: HostTarget[] = [];
  for (const host of inventory.hosts.values()) {
    const { labels, vars } = inheritanceOf(host.groups);
    const [target] = attempt(host.origin, () => [
      targetOfHost(host, merged(vars, host.vars), labels, (text) => notes.add(text)),
    ]);
    if (target !== undefined && target !== null) mentions.push(target);
  }
  const groups = [...inventory.groups.keys()]
    .filter((name) => name !== "all" && name !== "ungrouped")
    .map((name) => ({ label: name, source: null, name }));
  return { mentions, groups, notes: [...notes] };
}

/** The inherited variables and the own ones, which win; copied only where there are both. */
function merged(inherited: InventoryVars, own: InventoryVars): InventoryVars {
  if (own.size === 0) return inherited;
  return inherited.size === 0 ? own : new Map([...inherited, ...own]);
}

function inheritance({ groups }: Inventory): (direct: ReadonlySet<string>) => Inheritance {
  const parents = new Map<string, { name: string; place: string }[]>();
  for (const { name, children } of groups.values())
    for (const [child, place] of children)
      parents.set(child, [...(parents.get(child) ?? []), { name, place }]);
  const depths = new Map<string, number | null>();
  /** How far a group is from `all`; 0 is `all` itself. */
  const depthOf = (group: string, place: string): number => {
    const known = depths.get(group);
    if (known === null)
      throw hostListError(place, `group ${quoted(group)} contains itself`, "break the circle");
    if (known !== undefined) return known;
    depths.set(group, null);
    const above = (parents.get(group) ?? []).map((parent) => depthOf(parent.name, parent.place));
    const depth = group === "all" ? 0 : 1 + above.reduce((most, outer) => Math.max(most, outer), 0);
    depths.set(group, depth);
    return depth;
  };
  for (const name of groups.keys()) depthOf(name, "");
  const known = new Map<string, Inheritance>();
  return (direct) => {
    const key = [...direct].join("\n");
    const found = known.get(key);
    if (found !== undefined) return found;
    const within = new Set(["all", ...direct]);
    for (const name of within) for (const parent of parents.get(name) ?? []) within.add(parent.name);
    const ordered = [...within].toSorted((a, b) => depthOf(a, "") - depthOf(b, "") || (a < b ? -1 : 1));
    const made = {
      labels: [...within].filter((name) => name !== "all" && name !== "ungrouped").toSorted(),
      vars: new Map(ordered.flatMap((name) => Array.from(groups.get(name)?.vars ?? []))),
    };
    known.set(key, made);
    return made;
  };
}
