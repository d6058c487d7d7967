import type { HostTarget } from "../model/host.ts";
import { quoted } from "./host-list-error.ts";

/** Hosts in the order of their first mention, each once. */
export interface MergedTargets {
  readonly targets: readonly HostTarget[];
  /** Mentions beyond the first. */
  readonly duplicates: number;
  /** What a reader of the list should know, one sentence each. */
  readonly notes: readonly string[];
}

/** What makes two mentions one target: DNS names are blind to case. */
function targetKey({ name, user, port }: Pick<HostTarget, "name" | "user" | "port">): string {
  return `${user ?? ""}@${name.toLowerCase()}:${port ?? ""}`;
}

/** Merges mentions of one target; the first gives name and origin, all of them give groups. */
export function mergeTargets(mentions: Iterable<HostTarget>): MergedTargets {
  const merged = new Map<string, HostTarget>();
  const notes = new Set<string>();
  let duplicates = 0;
  for (const target of mentions) {
    const key = targetKey(target);
    const first = merged.get(key);
    if (first === undefined) {
      merged.set(key, target);
      continue;
    }
    duplicates++;
    if (first.name !== target.name)
      notes.add(`${quoted(first.name)} and ${quoted(target.name)} are one host`);
    if (target.groups.some((group) => !first.groups.includes(group))) {
      merged.set(key, { ...first, groups: [...new Set([...first.groups, ...target.groups])].toSorted() });
    }
  }
  return { targets: [...merged.values()], duplicates, notes: [...notes] };
}
