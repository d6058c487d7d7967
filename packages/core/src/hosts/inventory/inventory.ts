/** A variable of an inventory, as text, with the line that sets it. */
export interface InventoryVar {
  readonly value: string;
  readonly place: string;
}

/** Connection variables by name; no others are kept, and never a password. */
export type InventoryVars = ReadonlyMap<string, InventoryVar>;

/** A host of an inventory. */
export interface InventoryHost {
  readonly name: string;
  readonly origin: string;
  readonly vars: Map<string, InventoryVar>;
  /** Groups that name it. */
  readonly groups: Set<string>;
}

/** A group of an inventory. */
export interface InventoryGroup {
  readonly name: string;
  readonly vars: Map<string, InventoryVar>;
  /** Groups within it, each with the line that says so. */
  readonly children: Map<string, string>;
}

/** An ansible inventory as it is written: nothing is inherited yet. */
export interface Inventory {
  readonly hosts: Map<string, InventoryHost>;
  readonly groups: Map<string, InventoryGroup>;
}

/** An inventory without anything. */
export function emptyInventory(): Inventory {
  return { hosts: new Map(), groups: new Map() };
}

/** The group of this name, made where it is new. */
export function groupOf({ groups }: Inventory, name: string): InventoryGroup {
  const found = groups.get(name);
  if (found !== undefined) return found;
  const group = { name, vars: new Map(), children: new Map() };
  groups.set(name, group);
  return group;
}

/**
 * Names a host in a group, or in none; what is said of it adds up. `port` is the one in the name, `web1:2222`: a
 * variable of the host, stronger than those of its groups (ansible/inventory/host.py).
 */
export function addHost(
  { hosts }: Inventory,
  named: Pick<InventoryHost, "name" | "origin"> & { readonly port: number | null },
  group: string | null,
  vars: InventoryVars,
): void {
  const { name, origin, port } = named;
  const host = hosts.get(name) ?? { name, origin, vars: new Map(), groups: new Set() };
  hosts.set(name, host);
  if (group !== null) host.groups.add(group);
  if (port !== null && !host.vars.has("ansible_port"))
    host.vars.set("ansible_port", { value: String(port), place: origin });
  for (const [key, variable] of vars) host.vars.set(key, variable);
}
