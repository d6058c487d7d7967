import { foldHosts, hostStates } from "@inquest/core";
import type { HostState, Millis } from "@inquest/core";
import { formatFailedHosts } from "./failed-hosts.ts";
import type { FailedHost } from "./failed-hosts.ts";
import { formatCount, formatTook } from "./quantity.ts";
import { sanitize } from "./sanitize.ts";

/** What a command came to on its hosts. */
export interface RunTotals {
  /** Hosts by state; those that were not visited are in none. */
  readonly states: ReadonlyMap<HostState, number>;
  /** Hosts whose command ended other than with 0. */
  readonly nonZero: readonly {
    readonly host: string;
    readonly code: number | null;
    readonly signal: string | null;
  }[];
  readonly failed: readonly FailedHost[];
  readonly tookMs: Millis;
}

/** Lines that fold what went alike: exit statuses, then failures, the worst last, then the totals. */
export function formatRunSummary(
  totals: RunTotals,
  selected: number,
): { readonly exits: readonly string[]; readonly failures: readonly string[]; readonly totals: string } {
  const { states, nonZero, failed, tookMs } = totals;
  // Exit statuses in their order, then signals, which have no code.
  const byCode = nonZero.toSorted((a, b) => (a.code ?? 256) - (b.code ?? 256));
  const alike = Map.groupBy(byCode, ({ code, signal }) => code ?? signal ?? "a signal");
  const exits = [...alike].map(([what, hosts]) => {
    const names = foldHosts(hosts.map(({ host }) => host));
    return sanitize(`${names}: ${typeof what === "number" ? `exit status ${what}` : `killed by ${what}`}`);
  });
  // The states stand from what passes by itself to what nobody but us can mend.
  const worstLast = failed.toSorted((a, b) => hostStates.indexOf(a.state) - hostStates.indexOf(b.state));
  const visited = [...states.values()].reduce((sum, count) => sum + count, 0);
  const counts = [
    ...hostStates.flatMap((state) => (states.has(state) ? [`${states.get(state)} ${state}`] : [])),
    ...(selected > visited ? [`${selected - visited} not visited`] : []),
  ].join(", ");
  const nonZeroCount = nonZero.length === 0 ? "" : `; ${nonZero.length} exited non-zero`;
  return {
    exits,
    failures: formatFailedHosts(worstLast),
    totals: `${formatCount(selected, "host")} in ${formatTook(tookMs)}: ${counts}${nonZeroCount}`,
  };
}
