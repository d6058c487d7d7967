import type { Death, DeathKind } from "../../model/death.ts";

/** What a line tells of a death; which record it was, the reader adds. */
export type ToldDeath = Omit<Death, "record" | "records">;

const nothing: Omit<ToldDeath, "kind"> = {
  pid: null,
  name: null,
  uid: null,
  isThread: null,
  cgroup: null,
  rssKiB: null,
  detail: null,
  confirmed: true,
  atMs: null,
};

/** A death of a kind, of which a line tells this much. */
export function toldDeath(kind: DeathKind, told: Partial<Omit<ToldDeath, "kind">>): ToldDeath {
  return { kind, ...nothing, ...told };
}

/** A list shows details in one row. */
const longestDetail = 200;

/** Words of a log as one line of at most 200 characters; null where there are none. */
export function toDetail(words: string | null | undefined): string | null {
  const line = (words ?? "").slice(0, 2000).replaceAll(/\s+/gu, " ").trim();
  if (line === "") return null;
  if (line.length <= longestDetail) return line;
  // Not in the middle of a surrogate pair.
  const cut = line.slice(0, longestDetail - 1);
  return `${/[\uD800-\uDBFF]$/u.test(cut) ? cut.slice(0, -1) : cut}…`;
}
