import { formatCount } from "./quantity.ts";
import { sanitize } from "./sanitize.ts";

/** What reading a store's evidence again did: the hosts on which something changed, then the totals. */
export function formatReparsed(
  hosts: readonly {
    readonly host: string;
    readonly before: number;
    readonly after: number;
    readonly changed: number;
    readonly gone: number;
  }[],
): readonly string[] {
  const sum = (key: "before" | "after" | "changed" | "gone"): number =>
    hosts.reduce((total, host) => total + host[key], 0);
  const touched = hosts.filter(({ before, after, changed, gone }) => before !== after || changed + gone > 0);
  return [
    ...touched.map(
      ({ host, before, after, changed, gone }) =>
        `${sanitize(host)}: ${before} → ${after} incidents, ${changed} changed, ${gone} gone`,
    ),
    `${formatCount(hosts.length, "host")} read again: ${formatCount(sum("after"), "incident")}, ${sum("before")} before, ${sum("changed")} changed, ${sum("gone")} gone`,
  ];
}
