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
function targetKey({ host, user, port }: HostTarget): string {
  return `${user ?? ""}@${host.toLowerCase()}:${port ?? ""}`;
}

/** Merges mentions of one target; the first gives name, address and origin, all of them give groups. */
export function mergeTargets(mentions: readonly HostTarget[]): MergedTargets {
  // Most groups of a long list are of one host.
  if (mentions.length < 2) return { targets: mentions, duplicates: 0, notes: [] };
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
    if (first.host !== target.host)
      notes.add(`${quoted(first.host)} and ${quoted(target.host)} are one host`);
    else if (first.name.toLowerCase() !== target.name.toLowerCase())
      notes.add(
        `${quoted(first.host)} has two addresses: ${quoted(first.name)} is taken, not ${quoted(target.name)}`,
      );
    if (target.groups.some((group) => !first.groups.includes(group))) {
      merged.set(key, { ...first, groups: [...new Set([...first.groups, ...target.groups])].toSorted() });
    }
  }
  return { targets: [...merged.values()], duplicates, notes: [...notes] };
}
