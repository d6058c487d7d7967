import type { HostTarget } from "../model/host.ts";

/**
 * Tells whether a target is one of these, by its name or its address in a list. A user or a port that is written in
 * one of these narrows it to those.
 */
export function targetMatcher(wanted: readonly HostTarget[]): (target: HostTarget) => boolean {
  if (wanted.length === 0) return () => false;
  const byName = Map.groupBy(wanted, (target) => target.host.toLowerCase());
  return (target) =>
    [target.host, ...(target.name === target.host ? [] : [target.name])].some((name) =>
      (byName.get(name.toLowerCase()) ?? []).some(
        ({ user, port }) => (user ?? target.user) === target.user && (port ?? target.port) === target.port,
      ),
    );
}
