import type { Seconds } from "../model/units.ts";
import type { Visit } from "../model/visit.ts";

/** What there is to say of a process that is gone. */
interface Vanished {
  readonly before: Visit;
  readonly now: Visit;
  readonly ageS: Seconds | null;
  readonly children: number;
  readonly isOneBoot: boolean;
}

/**
 * Why nobody knows what became of a process. A log without a hole rules the kernel's OOM killer out; its counter
 * (`oom_kill` of /proc/vmstat) is the third witness.
 */
export function vanishedWords({ before, now, ageS, children, isOneBoot }: Vanished): {
  readonly detail: string;
  readonly gaps: readonly string[];
} {
  const age = ageS === null ? [] : [`ran for ${ageText(ageS)}`];
  const family = children === 0 ? [] : [`gone with ${children} of its children`];
  if (!isOneBoot) return { detail: [...age, ...family, "not there after a reboot"].join("; "), gaps: [] };
  const isCovered = now.coverage?.continuity === "complete";
  const counted =
    before.oomKillCount === null || now.oomKillCount === null ? null : now.oomKillCount - before.oomKillCount;
  const kills = counted === null || counted <= 0 ? [] : [`the kernel counted ${counted} OOM kills meanwhile`];
  const verdict = isCovered
    ? "no kill in a kernel log without a hole: it ended by itself or by a signal"
    : counted === 0
      ? "the kernel log has a hole, but the kernel counted no OOM kill: it ended by itself or by a signal"
      : "the kernel log has a hole in which it may have been killed";
  return {
    detail: [...age, ...family, ...kills, verdict].join("; "),
    gaps: isCovered ? [] : ["the kernel log between the two ps has a hole"],
  };
}

function ageText(ageS: Seconds): string {
  const hours = ageS / 3600;
  return hours >= 48 ? `${Math.floor(hours / 24)} days` : `${Math.floor(hours)} h`;
}
