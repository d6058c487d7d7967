import type { HostTarget } from "../../model/host.ts";
import { UsageError } from "../../errors.ts";
import type { ListContent, ListedGroup } from "../formats/host-list-format.ts";
import { hostListError, quoted } from "../host-list-error.ts";
import { inGroups } from "../in-groups.ts";
import { mergeTargets } from "../merge-targets.ts";
import type { Attempt } from "../skip-bad-lines.ts";
import { targetMatcher } from "../target-matcher.ts";
import { wordReader } from "../word-reader.ts";
import { evaluateNodes } from "./evaluate-nodes.ts";

/** One line of a group: several lines of one name add up. */
export interface GroupDefinition {
  /** ClusterShell's source of groups, null where the list has none. */
  readonly source: string | null;
  readonly name: string;
  /** A node expression; it may speak of other groups: `@db` of the same source, `@racks:r7` of another. */
  readonly nodes: string;
  readonly place: string;
}

/** All that a list says of one group. */
interface Group {
  readonly listed: ListedGroup;
  readonly definitions: GroupDefinition[];
  /** Null while they are being found. */
  hosts: readonly HostTarget[] | null | undefined;
}

/** The hosts of groups that may speak of each other. */
export function clustershellGroups(definitions: readonly GroupDefinition[], attempt: Attempt): ListContent {
  const groups = toGroups(definitions);
  const read = wordReader();
  const hostsOf = (group: Group, place: string): readonly HostTarget[] => {
    if (group.hosts === null) {
      const { source, name } = group.listed;
      const shown = quoted(source === null ? name : `${source}:${name}`);
      throw hostListError(place, `group ${shown} contains itself`, "break the circle");
    }
    if (group.hosts !== undefined) return group.hosts;
    group.hosts = null;
    const named = group.definitions.flatMap((definition) => {
      const members = (other: string, at: string): readonly HostTarget[] =>
        groupsOf(other, definition.source, at).flatMap((found) => hostsOf(found, at));
      const catalogue = { targets: [], named: () => [], members };
      return attempt(definition.place, () => {
        const { targets, excluded } = evaluateNodes(definition.nodes, definition.place, catalogue, read);
        if (excluded.length === 0) return targets;
        const isExcluded = targetMatcher(excluded);
        return targets.filter((target) => !isExcluded(target));
      });
    });
    group.hosts = mergeTargets(named).targets;
    return group.hosts;
  };
  const groupsOf = (name: string, source: string | null, place: string): readonly Group[] => {
    const own = name.includes(":") ? name : `${source ?? ""}:${name}`;
    if (own.endsWith(":*")) {
      const found = [...groups].filter(([key]) => key.startsWith(own.slice(0, -1)));
      if (found.length > 0) return found.map(([, group]) => group);
    }
    const group = groups.get(own);
    if (group !== undefined) return [group];
    const hint = "define it in the same list";
    throw new UsageError("unknown-group", `${place}: group ${quoted(`@${name}`)} is not known`, { hint });
  };
  const mentions: HostTarget[] = [];
  const listed: ListedGroup[] = [];
  const notes: string[] = [];
  for (const group of groups.values()) {
    const place = group.definitions[0]?.place ?? "";
    const hosts = hostsOf(group, place);
    const { source, name, label } = group.listed;
    if (name === "all") {
      const within = [...groups.values()].filter((other) => other.listed.source === source);
      const { targets } = mergeTargets(within.flatMap((other) => hostsOf(other, place)));
      // `all` that leaves nobody out says only what there is; every host is in it.
      if (hosts.length === targets.length) {
        mentions.push(...hosts);
        continue;
      }
      const counts = `${hosts.length} of ${targets.length} hosts`;
      notes.push(`${place}: group ${quoted(label)} has ${counts}; @${label} selects them alone`);
    }
    listed.push(group.listed);
    for (const host of hosts) mentions.push(inGroups(host, [label]));
  }
  return { mentions: mergeTargets(mentions).targets, groups: listed, notes };
}

/** Groups by `source:name`. A name that several sources use is told apart by its source. */
function toGroups(definitions: readonly GroupDefinition[]): Map<string, Group> {
  const shared = namesOfSeveral(definitions);
  const groups = new Map<string, Group>();
  for (const definition of definitions) {
    const { source, name } = definition;
    const key = `${source ?? ""}:${name}`;
    const known = groups.get(key);
    if (known !== undefined) {
      known.definitions.push(definition);
      continue;
    }
    const label = shared.has(name) && source !== null ? `${source}:${name}` : name;
    groups.set(key, { listed: { label, source, name }, definitions: [definition], hosts: undefined });
  }
  return groups;
}

function namesOfSeveral(definitions: readonly GroupDefinition[]): ReadonlySet<string> {
  const several = new Set<string>();
  const [first] = definitions;
  if (definitions.every(({ source }) => source === first?.source)) return several;
  const sources = new Map<string, string | null>();
  for (const { source, name } of definitions) {
    const known = sources.get(name);
    if (known === undefined) sources.set(name, source);
    else if (known !== source) several.add(name);
  }
  return several;
}
