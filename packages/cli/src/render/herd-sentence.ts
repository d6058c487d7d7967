import type { Herd } from "@inquest/core";
import type { Case, CaseSnapshot } from "./case.ts";
import { formatCount } from "./quantity.ts";
import { sanitize } from "./sanitize.ts";
import { ageText } from "./when-text.ts";
import type { WhyLook } from "./when-text.ts";

/** Of the tasks beside a crowd, so many must be missing in the host's own ps, too. */
const leastForeign = 0.25;

/** A crowd of one name that is not `holder`, of whom more is told; where no ps of this host shows it, it is likely a neighbour's. */
export function herdSentence(
  { report, snapshot, host }: Case,
  holder: string | null,
  look: WhyLook,
): string | null {
  const herd = report?.herd ?? null;
  if (report === null || herd === null) return null;
  const isCron = /^(?:crond?|CRON|anacron|atd)$/i.test(herd.name);
  if (herd.name === holder && !isCron) return null;
  const users = herd.uids > 1 ? ` of ${herd.uids} users` : "";
  const crowd = `${herd.count} of ${herd.of} tasks in the table were ${sanitize(herd.name)}${users}`;
  const what = isCron ? `${crowd}: each one starts a job of a crontab` : `${crowd}: a herd`;
  if (snapshot === null || snapshot.herdCount === null) return `${what}.`;
  const shown = `the ps of ${sanitize(host)} ${ageText(snapshot.takenAtMs, report.incident, look)} shows ${snapshot.herdCount}`;
  if (snapshot.herdCount * 4 >= herd.count) return `${what}; ${shown}.`;
  if (snapshot.samePids > 0)
    return `${what}; ${shown}, and ${formatCount(snapshot.samePids, "task")} of the table under the same pid: the crowd is this host's own.`;
  if (!areOthersForeign(herd, snapshot)) return `${what}; ${shown}.`;
  const foreign =
    snapshot.foreign === null ? "" : ` (${snapshot.foreign} of ${herd.of} tasks are not in it by name)`;
  return `${what}; ${shown}${foreign}. Likely they are another guest's on the same kernel: ask the owner of the physical host.`;
}

/** Whether that ps misses others too: a crowd alone may have come and gone between two looks. */
function areOthersForeign({ count, of }: Herd, { foreign, herdCount }: CaseSnapshot): boolean {
  const foreignOthers = (foreign ?? 0) - (count - (herdCount ?? 0));
  return foreignOthers > 0 && foreignOthers >= (of - count) * leastForeign;
}
