import type { EpochMs, HostTarget, Seconds } from "@inquest/core";
import type { Store } from "@inquest/store";
import { targetOfVisit } from "./target-of-visit.ts";

/**
 * The hosts whose last good collection is older than this, or that have none. `among` null: all that were ever visited,
 * as the list of their last visit wrote them; a host known from saved logs alone is nobody's to visit.
 */
export async function staleTargets(
  store: Store,
  among: readonly HostTarget[] | null,
  { olderThanS, nowMs }: { readonly olderThanS: Seconds; readonly nowMs: EpochMs },
): Promise<readonly HostTarget[]> {
  const summaries = await store.hosts();
  const fresh = new Set(
    summaries
      .filter(({ lastOkMs }) => lastOkMs !== null && nowMs - lastOkMs <= olderThanS * 1000)
      .map(({ host }) => host),
  );
  const known =
    among ?? summaries.flatMap(({ last }) => (last === null ? [] : [targetOfVisit(last, "--stale")]));
  return known.filter(({ host }) => !fresh.has(host));
}
