import { commandWords, heldKiB } from "@inquest/core";
import type { Family, Growth, Incident, KiB, Process, Suspect, Victim } from "@inquest/core";
import { processText, shortened } from "./process-text.ts";
import { formatCount, formatKiB, formatShare, formatTook } from "./quantity.ts";

/** Below it nobody would say that something grew: heaps and caches breathe. */
const leastRatio = 1.2;
/** A family of which one suspect is more than this is that suspect. */
const mostOfFamily = 0.9;

/** What is known of a suspect besides the table. */
export interface SuspectKin {
  readonly growth: Growth | null;
  /** Login of its uid. */
  readonly user: string | null;
  /** Whose children all its tasks were. */
  readonly parent: Process | null;
  /** In which cgroup all of them ran. */
  readonly cgroup: string | null;
}

/** One suspect of the contract, with how it grew since an earlier report, and whose it is. */
export function suspectJson(suspect: Suspect, kin: SuspectKin): Readonly<Record<string, unknown>> {
  const { growth, parent } = kin;
  return {
    name: suspect.name,
    uid: suspect.uid,
    user: kin.user,
    cgroup: kin.cgroup,
    parent: parent && processJson(parent),
    count: suspect.count,
    rss_kib: suspect.rssKiB,
    swap_kib: suspect.swapKiB,
    share: suspect.share,
    growth: growth === null ? null : Math.round(ratioOf(growth) * 100) / 100,
    growth_from_kib: growth?.fromKiB ?? null,
    growth_s: growth?.overS ?? null,
    growth_since: growth?.since ?? null,
    why: suspectReason(suspect, kin),
  };
}

/** The family that held half of the memory, for programs. */
export function familyJson(family: Family): Readonly<Record<string, unknown>> {
  return {
    head: processJson(family.head),
    count: family.count,
    names: family.names,
    rss_kib: family.rssKiB,
    swap_kib: family.swapKiB,
    share: family.share,
    why: familyReason(family),
  };
}

function processJson({ pid, name, uid, user, args }: Process): Readonly<Record<string, unknown>> {
  return { pid, name, uid, user, args };
}

/** The kernel lists the tasks of the cgroup whose limit was reached, and of those below it (mm/oom_kill.c, dump_tasks). */
export function tableCgroupOf({ scope, memcg }: Pick<Incident, "scope" | "memcg">): string | null {
  return scope === "memcg" ? (memcg?.path ?? null) : null;
}

/** Why somebody is suspected, in a sentence: growth before size, for it tells who has just changed. */
export function suspectReason(
  suspect: Suspect,
  { growth, parent }: Pick<SuspectKin, "growth" | "parent">,
): string {
  const { count } = suspect;
  const held = `held ${heldText(suspect)} of what all tasks held`;
  const kin = parent === null ? "" : `; started by ${processText(parent)}`;
  const size = `${count === 1 ? "one task" : `${count} tasks of one name and uid`} ${held}${kin}`;
  return growth === null || ratioOf(growth) < leastRatio ? size : `${growthWords(growth)}; ${size}`;
}

/** What a family held together: its names alone would not show it. */
export function familyReason(family: Family): string {
  const { head, count, names } = family;
  const command = commandWords(head.args);
  const runs = command === null ? "" : ` (${shortened(command)})`;
  return `${processText(head)}${runs} and what it had started, ${count} tasks of ${formatCount(names, "name")}, held ${heldText(family)} of what all tasks held`;
}

/** Whether a family tells more than the suspect of whom most of it consists. */
export function isTelling(family: Family, first: Suspect | null): boolean {
  return family.names > 1 && (first === null || first.share < family.share * mostOfFamily);
}

/** `up to 7.7 GiB, 92 %`, with what of it is swapped out; where no page size is known, the share alone. */
export function heldText(suspect: Pick<Suspect, "rssKiB" | "swapKiB" | "share">): string {
  const sum = sumText(suspect);
  return `${sum === null ? "" : `up to ${sum}, `}${formatShare(suspect.share)}`;
}

/** `7.7 GiB`, and what of it is swapped out; null where no page size is known. */
export function sumText(suspect: Pick<Suspect, "rssKiB" | "swapKiB">): string | null {
  const { swapKiB } = suspect;
  const heldAll = heldKiB(suspect);
  const swapped = swapKiB === null || swapKiB === 0 ? "" : ` (${formatKiB(swapKiB)} of it in swap)`;
  return heldAll === null ? null : `${formatKiB(heldAll)}${swapped}`;
}

/** What a victim held in RAM by its kill line; null: not told. */
export function victimKiB({ anonRssKiB, fileRssKiB, shmemRssKiB }: Victim): KiB | null {
  return anonRssKiB === null ? null : anonRssKiB + (fileRssKiB ?? 0) + (shmemRssKiB ?? 0);
}

function growthWords({ since, fromKiB, toKiB, overS }: Growth): string {
  const over =
    overS === null ? "" : ` in ${formatTook(overS * 1000)}${since === "ps" ? ", by the ps before" : ""}`;
  return `grew from ${formatKiB(fromKiB)} to ${formatKiB(toKiB)}${over}`;
}

function ratioOf({ fromKiB, toKiB }: Growth): number {
  return toKiB / fromKiB;
}
