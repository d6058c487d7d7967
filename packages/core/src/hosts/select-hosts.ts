import { isAddress } from "./is-address.ts";
import type { HostTarget } from "../model/host.ts";
import { UsageError } from "../errors.ts";
import type { NodeSelection } from "./expand-nodes.ts";
import { mergeTargets } from "./merge-targets.ts";

/** Everything on a command line that selects hosts. */
export interface HostSelection {
  /** Lists (`-f`) in their order. */
  readonly lists: readonly { readonly targets: readonly HostTarget[] }[];
  /** Expressions of `-w` and positional words. */
  readonly nodes: readonly NodeSelection[];
  /** Expressions of `-x`; what they exclude twice (`-x -web2`) stays excluded. */
  readonly exclude: readonly NodeSelection[];
}

/** Excludes by name; a user or a port written in the exclusion narrows it to those. */
function toExclusion(excluded: readonly HostTarget[]): (target: HostTarget) => boolean {
  const byName = Map.groupBy(excluded, (target) => target.name.toLowerCase());
  return (target) =>
    (byName.get(target.name.toLowerCase()) ?? []).some(
      ({ user, port }) => (user ?? target.user) === target.user && (port ?? target.port) === target.port,
    );
}

/**
 * Gives every target a `host` of its own: its name; `name:port` where that name is listed with several ports,
 * `user@name` where it is listed with several users.
 */
function nameHosts(targets: readonly HostTarget[]): HostTarget[] {
  const byName = Map.groupBy(targets, (target) => target.name.toLowerCase());
  return targets.map((target) => {
    const namesakes = byName.get(target.name.toLowerCase()) ?? [];
    if (namesakes.length === 1) return target;
    const severalPorts = new Set(namesakes.map(({ port }) => port)).size > 1;
    const severalUsers = new Set(namesakes.map(({ user }) => user)).size > 1;
    const user = severalUsers && target.user !== null ? `${target.user}@` : "";
    const port = severalPorts && target.port !== null ? `:${target.port}` : "";
    const name = port !== "" && isAddress(target.name) ? `[${target.name}]` : target.name;
    return { ...target, host: user + name + port };
  });
}

/** The hosts of one command, each once, in the order of lists, then expressions. None at all is a UsageError. */
export function selectHosts({ lists, nodes, exclude }: HostSelection): HostTarget[] {
  const { targets } = mergeTargets([...lists, ...nodes].flatMap((source) => source.targets));
  const isExcluded = toExclusion([
    ...nodes.flatMap((node) => node.excluded),
    ...exclude.flatMap((node) => [...node.targets, ...node.excluded]),
  ]);
  const selected = targets.filter((target) => !isExcluded(target));
  if (selected.length > 0) return nameHosts(selected);
  const message = targets.length > 0 ? "every selected host is excluded" : "no hosts selected";
  throw new UsageError("no-hosts", message, { hint: "name hosts with -f FILE or -w NODES" });
}
