import type { HostTarget } from "../../model/host.ts";
import { UsageError } from "../../errors.ts";
import { quoted } from "../host-list-error.ts";
import type { ListedGroup } from "../formats/host-list-format.ts";
import { mergeTargets } from "../merge-targets.ts";
import { targetMatcher } from "../target-matcher.ts";

/** The part of a host list that expressions may speak of. */
export interface ListedHosts {
  readonly targets: readonly HostTarget[];
  readonly groups: readonly ListedGroup[];
}

/** What the lists of a command line define: expressions may speak of their groups and hosts. */
export interface HostCatalogue {
  readonly targets: readonly HostTarget[];
  /** Mentions of a bare name in the lists; none where they do not know it. */
  named(name: string): readonly HostTarget[];
  /** The hosts of a group, named as `web`, `roles:web`, `rack` for every `rack=…`, `all` or `*`. Throws UsageError. */
  members(group: string, place: string): readonly HostTarget[];
}

/** One command line has many words and one set of lists. */
const made = new WeakMap<readonly ListedHosts[], HostCatalogue>();

/** The catalogue of several lists. */
export function hostCatalogue(lists: readonly ListedHosts[]): HostCatalogue {
  const catalogue = made.get(lists) ?? makeCatalogue(lists);
  made.set(lists, catalogue);
  return catalogue;
}

function makeCatalogue(lists: readonly ListedHosts[]): HostCatalogue {
  const { targets } = mergeTargets(lists.flatMap((list) => list.targets));
  const byName = Map.groupBy(targets, ({ host }) => host.toLowerCase());
  const groups = new Map(lists.flatMap((list) => list.groups).map((group) => [group.label, group]));
  const hasAll = (of: string): boolean =>
    [...groups.values()].some(({ source, name }) => source === of && name === "all");
  const labelsOf = (given: string, place: string): readonly string[] => {
    const whole = /^([^:]+):\*$/u.exec(given)?.[1];
    // ClusterShell's `@src:*` is the group `all` of the source where it defines one (NodeUtils.all_nodes).
    const wanted = whole !== undefined && hasAll(whole) ? `${whole}:all` : given;
    const isAttribute = ({ label }: ListedGroup): boolean =>
      label === wanted || label.startsWith(`${wanted}=`);
    const isSourced = ({ source, name }: ListedGroup): boolean =>
      source !== null && [`${source}:${name}`, `${source}:*`].includes(wanted);
    const plain = [...groups.values()].filter((group) => isAttribute(group) || isSourced(group));
    if (plain.length > 0) return plain.map(({ label }) => label);
    const shared = [...groups.values()].filter(({ name }) => name === wanted).map(({ label }) => label);
    if (shared.length < 2) return shared;
    const problem = `group ${quoted(wanted)} is in several sources`;
    throw new UsageError("ambiguous-group", `${place}: ${problem}`, { hint: `write ${shared.join(" or ")}` });
  };
  return {
    targets,
    named: (name) => byName.get(name.toLowerCase()) ?? [],
    members: (group, place) => {
      if (group === "all" || group === "*") {
        const isOfAll = targetMatcher(lists.flatMap(allOf));
        if (lists.length > 0) return targets.filter(isOfAll);
      }
      const labels = new Set(labelsOf(group, place));
      if (labels.size > 0)
        return targets.filter((target) => target.groups.some((label) => labels.has(label)));
      if (group === "ungrouped" && groups.size > 0)
        return targets.filter((target) => target.groups.length === 0);
      throw unknownGroup(group, [...groups.keys()], place);
    },
  };
}

/** Whom a list calls `all`: the group of that name, else everybody in it. */
function allOf({ targets, groups }: ListedHosts): readonly HostTarget[] {
  const labels = new Set(groups.filter(({ name }) => name === "all").map(({ label }) => label));
  if (labels.size === 0) return targets;
  return targets.filter((target) => target.groups.some((label) => labels.has(label)));
}

function unknownGroup(group: string, known: readonly string[], place: string): Error {
  const shown = known.slice(0, 8).join(", ") + (known.length > 8 ? ", …" : "");
  const hint =
    known.length === 0
      ? "no list that was read defines groups; name one with -f FILE"
      : `the lists define ${shown}`;
  return new UsageError("unknown-group", `${place}: group ${quoted(group)} is not known`, { hint });
}
