import type { HostTarget, Visit } from "@inquest/core";

/** A host as its list wrote it when it was visited. */
export function targetOfVisit(visit: Visit, origin: string): HostTarget {
  const { host, name, listedAddress, user, port, jump, identityFile, groups } = visit;
  return { host, name, address: listedAddress, user, port, jump, identityFile, groups, origin };
}
