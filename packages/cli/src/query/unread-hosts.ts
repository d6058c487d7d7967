import { isReadState } from "@inquest/core";
import type { HostSummary } from "@inquest/store";
import type { IncidentQuery } from "../options/query.ts";

/** A warning when the answer to a query is less than it seems: hosts whose latest visit failed; else null. */
export function unreadHosts(hosts: readonly HostSummary[], query: IncidentQuery): string | null {
  const named = new Set(query.filter.hosts);
  const asked = hosts.filter(
    ({ host }) => (named.size === 0 || named.has(host)) && !query.excluded.has(host),
  );
  const unread = asked.filter(({ last }) => last !== null && !isReadState(last.state)).length;
  if (unread === 0) return null;
  return `${unread} of ${asked.length} hosts could not be read on their last visit: inquest hosts`;
}
