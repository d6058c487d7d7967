import { foldHosts } from "@inquest/core";
import type { FailedState } from "@inquest/core";
import { sanitize } from "./sanitize.ts";

/** One host that could not be read, and why. */
export interface FailedHost {
  readonly host: string;
  readonly state: FailedState;
  readonly reason: string | null;
}

/** One line for all hosts that failed in the same way: `web[01-03]: refused: connection refused`. */
export function formatFailedHosts(failed: readonly FailedHost[]): readonly string[] {
  // ssh names the host in most of its reasons; hosts that differ in nothing else failed alike.
  const anonymous = ({ host, reason }: FailedHost): string | null => reason && reason.replaceAll(host, "…");
  const alike = Map.groupBy(failed, (host) => JSON.stringify([host.state, anonymous(host)]));
  return [...alike.values()].flatMap((hosts) => {
    const [first] = hosts;
    if (first === undefined) return [];
    const reason = hosts.length === 1 ? first.reason : anonymous(first);
    const parts = [foldHosts(hosts.map(({ host }) => host)), first.state, reason];
    return [sanitize(parts.filter((part) => part !== null).join(": "))];
  });
}
