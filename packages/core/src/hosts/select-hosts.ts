import { isAddress } from "./is-address.ts";
import type { HostTarget } from "../model/host.ts";
import { UsageError } from "../errors.ts";
import type { NodeSelection } from "./nodes/evaluate-nodes.ts";
import type { NameFilter } from "./nodes/name-filters.ts";
import { mergeTargets } from "./merge-targets.ts";
import { targetMatcher } from "./target-matcher.ts";

/** Everything on a command line that selects hosts. */
export interface HostSelection {
  /** Lists (`-f`) in their order. Where an expression picks from them, they do not count by themselves. */
  readonly lists: readonly { readonly targets: readonly HostTarget[] }[];
  /** Expressions of `-w` and positional words. */
  readonly nodes: readonly NodeSelection[];
  /** Expressions of `-x`; what they exclude twice (`-x -web2`) stays excluded. */
  readonly exclude: readonly NodeSelection[];
}

/**
 * Gives every target a `host` of its own: its name in the list; `name:port` where that name is listed with several ports,
 * `user@name` where it is listed with several users.
 */
function nameHosts(targets: readonly HostTarget[]): HostTarget[] {
  const byName = Map.groupBy(targets, (target) => target.host.toLowerCase());
  return targets.map((target) => {
    const namesakes = byName.get(target.host.toLowerCase()) ?? [];
    if (namesakes.length === 1) return target;
    const severalPorts = new Set(namesakes.map(({ port }) => port)).size > 1;
    const severalUsers = new Set(namesakes.map(({ user }) => user)).size > 1;
    const user = severalUsers && target.user !== null ? `${target.user}@` : "";
    const port = severalPorts && target.port !== null ? `:${target.port}` : "";
    const name = port !== "" && isAddress(target.host) ? `[${target.host}]` : target.host;
    return { ...target, host: user + name + port };
  });
}

/** Whether the filters of all expressions let a host pass, by its name or by its address in a list; in `-x` all take away. */
function passesFilters(
  nodes: readonly NodeSelection[],
  exclude: readonly NodeSelection[],
): (target: HostTarget) => boolean {
  const all = nodes.flatMap(({ filters }) => filters);
  const keeping = all.filter(({ keeps }) => keeps);
  const taking = [...all.filter(({ keeps }) => !keeps), ...exclude.flatMap(({ filters }) => filters)];
  return ({ host, name }) => {
    const isMet = ({ matches }: NameFilter): boolean => matches(host) || matches(name);
    return keeping.every(isMet) && !taking.some(isMet);
  };
}

/** The hosts of one command, each once, in the order of lists, then expressions. None at all is a UsageError. */
export function selectHosts({ lists, nodes, exclude }: HostSelection): HostTarget[] {
  const { targets } = mergeTargets(
    [...(nodes.some((node) => node.picks) ? [] : lists), ...nodes].flatMap((source) => source.targets),
  );
  const isExcluded = targetMatcher([
    ...nodes.flatMap((node) => node.excluded),
    ...exclude.flatMap((node) => [...node.targets, ...node.excluded]),
  ]);
  const passes = passesFilters(nodes, exclude);
  const selected = targets.filter((target) => !isExcluded(target) && passes(target));
  if (selected.length > 0) return nameHosts(selected);
  const message = targets.length > 0 ? "every selected host is excluded" : "no hosts selected";
  throw new UsageError("no-hosts", message, { hint: "name hosts with -f FILE or -w NODES" });
}
