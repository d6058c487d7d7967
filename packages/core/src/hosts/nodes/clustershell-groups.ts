import type { HostTarget } from "../../model/host.ts";
import { UsageError } from "../../errors.ts";
import type { ListContent, ListedGroup } from "../formats/host-list-format.ts";
import { hostListError, quoted } from "../host-list-error.ts";
import { inGroups } from "../in-groups.ts";
import { mergeTargets } from "../merge-targets.ts";
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

/** The hosts of groups that may speak of each other. */
export function clustershellGroups(definitions: readonly GroupDefinition[]): ListContent {
  const byKey = Map.groupBy(definitions, ({ source, name }) => `${source ?? ""}:${name}`);
  const known = new Map<string, readonly HostTarget[] | null>();
  const read = wordReader();
  const hostsOf = (key: string, place: string): readonly HostTarget[] => {
    const found = known.get(key);
    if (found === null)
      throw hostListError(
        place,
        `group ${quoted(key.replace(/^:/u, ""))} contains itself`,
        "break the circle",
      );
    if (found !== undefined) return found;
    known.set(key, null);
    const hosts = mergeTargets(
      (byKey.get(key) ?? []).flatMap((definition) => {
        const members = (group: string, at: string): readonly HostTarget[] =>
          keysOf(group, definition.source, at).flatMap((other) => hostsOf(other, at));
        const catalogue = { targets: [], named: () => [], members };
        const { targets, excluded } = evaluateNodes(definition.nodes, definition.place, catalogue, read);
        const isExcluded = targetMatcher(excluded);
        return targets.filter((target) => !isExcluded(target));
      }),
    ).targets;
    known.set(key, hosts);
    return hosts;
  };
  const keysOf = (group: string, source: string | null, place: string): readonly string[] => {
    const own = group.includes(":") ? group : `${source ?? ""}:${group}`;
    if (own.endsWith(":*")) {
      const keys = [...byKey.keys()].filter((key) => key.startsWith(own.slice(0, -1)));
      if (keys.length > 0) return keys;
    }
    if (byKey.has(own)) return [own];
    const hint = "define it in the same list";
    throw new UsageError("unknown-group", `${place}: group ${quoted(`@${group}`)} is not known`, { hint });
  };
  const groups = toListedGroups(definitions);
  const mentions = [...byKey].flatMap(([key, [first]]) => {
    const label = groups.get(key)?.label;
    const place = first?.place ?? "";
    // `all` says what there is; every host is in it.
    return hostsOf(key, place).map((host) =>
      label === undefined || first?.name === "all" ? host : inGroups(host, [label]),
    );
  });
  return { mentions: mergeTargets(mentions).targets, groups: [...groups.values()], notes: [] };
}

/** A name that several sources use is told apart by its source. */
function toListedGroups(definitions: readonly GroupDefinition[]): Map<string, ListedGroup> {
  const sources = Map.groupBy(definitions, ({ name }) => name);
  return new Map(
    definitions
      .filter(({ name }) => name !== "all")
      .map(({ source, name }) => {
        const isShared = new Set(sources.get(name)?.map((definition) => definition.source)).size > 1;
        const label = isShared && source !== null ? `${source}:${name}` : name;
        return [`${source ?? ""}:${name}`, { label, source, name }] as const;
      }),
  );
}
