import { checkRangeBlanks } from "../check-range-blanks.ts";
import { hostListError, quoted } from "../host-list-error.ts";
import { keepVar } from "../inventory/connection-vars.ts";
import { patternReader, type ExpandPattern, type PatternHosts } from "../inventory/expand-pattern.ts";
import { addHost, emptyInventory, groupOf, type InventoryVar } from "../inventory/inventory.ts";
import { inventoryContent } from "../inventory/inventory-content.ts";
import { splitShellWords } from "../inventory/split-shell-words.ts";
import type { HostListFormat, ListText } from "./host-list-format.ts";
import { lineMatching } from "./line-matching.ts";

/** `[web]`, `[eu:children]`; not the address `[fe80::1]:22`, not the range `[1-3]`. */
const section = /^\[(?![\d,/-]+\])([^\]:]+)(?::(children|vars|hosts))?\]\s*(?:[#;].*)?$/su;
/** A list without any section that gives an ansible variable. */
const variable = /^[^\s#;[]\S*[ \t].*\bansible_\w+=/u;

/** Ansible's INI inventories (plugins/inventory/ini.py). Scripts and vaults are not run: pipe ansible-inventory --list. */
export const ansibleIni: HostListFormat = {
  name: "ansible-ini",
  detect: (list) => lineMatching(list, section) ?? lineMatching(list, variable),
  rivals: () => [],
  parse: (list) => inventoryContent(parseIni(list), list.attempt),
};

function parseIni({ lines, place, attempt }: ListText): ReturnType<typeof emptyInventory> {
  const inventory = emptyInventory();
  const expand = patternReader();
  /** Lines that speak of a group which some line must define. */
  const spokenOf: { group: string; origin: string }[] = [];
  const defined = new Set(["all", "ungrouped"]);
  let group = "ungrouped";
  let kind = "hosts";
  for (const [index, raw] of lines.entries()) {
    const line = raw.trim();
    const origin = `${place}:${index + 1}`;
    if (line === "" || line.startsWith("#") || line.startsWith(";")) continue;
    const opened = section.exec(line);
    if (opened !== null) {
      [, group = "", kind = "hosts"] = opened;
      groupOf(inventory, group);
      if (kind === "vars") spokenOf.push({ group, origin });
      else defined.add(group);
    } else if (kind === "vars") {
      const [name, value] = splitVariable(line, origin);
      keepVar(groupOf(inventory, group).vars, name, unquoted(value), origin);
    } else if (kind === "children") {
      const [child = "", ...more] = splitShellWords(line, origin);
      if (more.length > 0) {
        throw hostListError(origin, `child ${quoted(line)} is not one group`, "write one group a line");
      }
      groupOf(inventory, group).children.set(child, origin);
      spokenOf.push({ group: child, origin });
    } else {
      const read = (): readonly HostLine[] => [readHostLine(line, origin, expand)];
      // What looks like the head of a section is no line to skip: the hosts below it would be in another group.
      for (const { names, port, vars } of line.startsWith("[") ? read() : attempt(origin, read))
        for (const name of names)
          addHost(inventory, { name, origin, port }, group === "ungrouped" ? null : group, vars);
    }
  }
  const unknown = spokenOf.find((mention) => !defined.has(mention.group));
  if (unknown === undefined) return inventory;
  const problem = `group ${quoted(unknown.group)} is nowhere defined`;
  throw hostListError(unknown.origin, problem, `add a section [${unknown.group}]`);
}

/** A line of hosts with their own variables. */
interface HostLine extends PatternHosts {
  readonly vars: Map<string, InventoryVar>;
}

function readHostLine(line: string, origin: string, expand: ExpandPattern): HostLine {
  checkRangeBlanks(line, origin);
  const [pattern = "", ...pairs] = splitShellWords(line, origin);
  const vars = new Map<string, InventoryVar>();
  for (const pair of pairs) {
    const [name, value] = splitVariable(pair, origin);
    keepVar(vars, name, value, origin);
  }
  return { ...expand(pattern, origin), vars };
}

function splitVariable(text: string, origin: string): readonly [name: string, value: string] {
  const equals = text.indexOf("=");
  if (equals > 0) return [text.slice(0, equals).trim(), text.slice(equals + 1).trim()];
  const problem = `variable ${quoted(text)} has no name and value`;
  throw hostListError(origin, problem, "write one host a line, with variables as ansible_user=admin");
}

/** In a section of variables the value is a Python literal or else plain text. */
function unquoted(value: string): string {
  return /^(["'])(.*)\1$/su.exec(value)?.[2] ?? value;
}
