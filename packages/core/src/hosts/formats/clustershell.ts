import { clustershellGroups, type GroupDefinition } from "../nodes/clustershell-groups.ts";
import { hostListError, quoted } from "../host-list-error.ts";
import { strictly } from "../skip-bad-lines.ts";
import type { TreeNode } from "../tree/tree-node.ts";
import { yamlTree } from "../tree/yaml-tree.ts";
import type { HostListFormat, ListText } from "./host-list-format.ts";
import { lineMatching } from "./line-matching.ts";
import { looksLikeYaml } from "./looks-like-yaml.ts";
import { withoutComment } from "./plain.ts";

/** `web: web[1-3],@db`; a port after the colon makes it a host. */
const groupLine = /^[A-Za-z0-9_.-]+:(?=\s)(?!\s*\d+\s*(?:#.*)?$)/u;

/**
 * ClusterShell's groups (NodeUtils.py, FileGroupSource and YAMLGroupLoader): `web: web[1-3]` a line, or YAML with
 * sources of groups. The commands of a groups.conf are never run: pipe `nodeset -e @web` instead.
 */
export const clustershell: HostListFormat = {
  name: "clustershell",
  detect: (list) => (looksLikeYaml(list) ? 1 : lineMatching(list, groupLine)),
  rivals: () => [],
  parse: (given) => {
    // A line that is skipped may be what another takes away: it would visit more hosts than it says.
    const list = groupTaken.test(given.text) ? { ...given, attempt: strictly } : given;
    return clustershellGroups(looksLikeYaml(list) ? groupsOfYaml(list) : groupsOfLines(list), list.attempt);
  },
};

/** `@all!@drained` */
const groupTaken = /[!^-]\s*@/u;

function groupsOfLines({ lines, place, attempt }: ListText): GroupDefinition[] {
  return lines.flatMap((line, index): readonly GroupDefinition[] => {
    const origin = `${place}:${index + 1}`;
    const content = withoutComment(line).trim();
    if (content === "") return [];
    const colon = content.indexOf(":");
    const name = content.slice(0, Math.max(colon, 0));
    if (/^[A-Za-z0-9_.-]+$/u.test(name))
      return [{ source: null, name, nodes: content.slice(colon + 1), place: origin }];
    return attempt(origin, () => {
      throw hostListError(origin, `line ${quoted(content)} is not a group`, "write web: web[1-3],db1");
    });
  });
}

function groupsOfYaml({ text, place }: ListText): GroupDefinition[] {
  const tree = yamlTree(text, place);
  if (tree.kind === "text" && tree.text === null) return [];
  if (tree.kind !== "map")
    throw hostListError(
      `${place}:${tree.line}`,
      "YAML has no groups",
      "write roles: and below it web: web[1-3]",
    );
  return [...tree.entries].flatMap(([key, { value, line }]) => {
    if (value.kind !== "map") return nodesOf(value, null, key, `${place}:${line}`, place);
    return [...value.entries].flatMap(([name, entry]) =>
      nodesOf(entry.value, key, name, `${place}:${entry.line}`, place),
    );
  });
}

/** A group's nodes: one text, or a list of them; nothing is a group without hosts. */
function nodesOf(
  value: TreeNode,
  source: string | null,
  name: string,
  origin: string,
  place: string,
): GroupDefinition[] {
  if (value.kind === "map") {
    throw hostListError(origin, `group ${quoted(name)} is not a list of nodes`, "write web: web[1-3],db1");
  }
  const texts = value.kind === "list" ? value.items : [value];
  if (texts.length === 0) return [{ source, name, nodes: "", place: origin }];
  return texts.map((item) => {
    if (item.kind === "text") return { source, name, nodes: item.text ?? "", place: `${place}:${item.line}` };
    throw hostListError(
      `${place}:${item.line}`,
      `group ${quoted(name)} holds more than nodes`,
      "write - web[1-3]",
    );
  });
}
