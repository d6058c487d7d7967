import type { HostTarget } from "../../../packages/core/src/model/host.ts";

/** What a list says of a host: fields that it leaves open are left out, and so is a name that is the host's own. */
export function shownTarget({ groups, name, ...target }: HostTarget): Readonly<Record<string, unknown>> {
  return Object.fromEntries([
    ...Object.entries(target).filter(([, value]) => value !== null),
    ...(name === target.host ? [] : [["name", name]]),
    ...(groups.length === 0 ? [] : [["groups", groups]]),
  ]);
}
