import type { Growth, Suspect } from "@inquest/core";
import { formatKiB, formatShare, formatTook } from "./quantity.ts";

/** Below it nobody would say that something grew: heaps and caches breathe. */
const leastRatio = 1.2;

/** One suspect of the contract, with how it grew since an earlier report, and whose it is. */
export function suspectJson(
  suspect: Suspect,
  growth: Growth | null,
  user: string | null,
): Readonly<Record<string, unknown>> {
  return {
    name: suspect.name,
    uid: suspect.uid,
    user,
    cgroup: null,
    count: suspect.count,
    rss_kib: suspect.rssKiB,
    share: suspect.share,
    growth: growth === null ? null : Math.round(ratioOf(growth) * 100) / 100,
    growth_from_kib: growth?.fromKiB ?? null,
    growth_s: growth?.overS ?? null,
    growth_since: growth?.since ?? null,
    why: suspectReason(suspect, growth),
  };
}

/** Why somebody is suspected, in a sentence: growth before size, for it tells who has just changed. */
export function suspectReason({ count, rssKiB, share }: Suspect, growth: Growth | null): string {
  const held = `held up to ${formatKiB(rssKiB)}, ${formatShare(share)} of what all tasks held`;
  const size = count === 1 ? `one task ${held}` : `${count} tasks of one name and uid ${held}`;
  return growth === null || ratioOf(growth) < leastRatio ? size : `${growthWords(growth)}; ${size}`;
}

function growthWords({ since, fromKiB, toKiB, overS }: Growth): string {
  const over =
    overS === null ? "" : ` in ${formatTook(overS * 1000)}${since === "ps" ? ", by the ps before" : ""}`;
  return `grew from ${formatKiB(fromKiB)} to ${formatKiB(toKiB)}${over}`;
}

function ratioOf({ fromKiB, toKiB }: Growth): number {
  return toKiB / fromKiB;
}
