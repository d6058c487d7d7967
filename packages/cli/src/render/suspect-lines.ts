import { largestHerd } from "@inquest/core";
import type { Incident, ReportDetail } from "@inquest/core";
import type { Findings } from "./findings.ts";
import { formatKiB } from "./quantity.ts";
import { sanitize } from "./sanitize.ts";
import { familyReason, isTelling, suspectReason, sumText, victimKiB } from "./suspect.ts";
import type { Look } from "./table.ts";
import { wrapped } from "./wrapped.ts";

/** The suspects of one incident, a line each, with the crowds of its table and how the victim compares. */
export function suspectLines(
  incident: Incident,
  report: ReportDetail | null,
  { growths, users, parents, family }: Findings,
  { width }: Pick<Look, "width">,
): string {
  const ranked = (incident.suspects ?? []).map(
    (suspect, at) =>
      `${sanitize(suspect.name)}${ownerText(suspect.uid, users[at] ?? null)}: ${suspectReason(suspect, { growth: growths[at] ?? null, parent: parents[at] ?? null })}`,
  );
  const together =
    family === null || !isTelling(family, incident.suspects?.[0] ?? null) ? [] : [familyReason(family)];
  const lines = [...ranked, ...together, ...herdLine(report), ...victimLine(incident)].map((line) =>
    wrapped(`  ${line}`, width),
  );
  return lines.length === 0
    ? ""
    : ["Suspects (our judgement; sums count shared pages once a task):", ...lines, ""].join("\n");
}

function herdLine(report: ReportDetail | null): readonly string[] {
  const herd = largestHerd(report?.tasks ?? []);
  if (herd === null) return [];
  const users = herd.uids > 1 ? ` of ${herd.uids} users` : "";
  const what = /^(?:crond?|CRON|anacron|atd)$/u.test(herd.name) ? "a herd of starters" : "a herd";
  return [`${herd.count} ${sanitize(herd.name)}${users} among ${herd.of} tasks: ${what}`];
}

/** Whether the victim was of those who held most, by its kill line. */
function victimLine({ suspects, victim }: Incident): readonly string[] {
  const [first] = suspects ?? [];
  const ownKiB = victimKiB(victim);
  if (first === undefined || victim.name === null || ownKiB === null) return [];
  const isFirst = victim.name === first.name && (victim.uid === null || victim.uid === first.uid);
  const beside = sumText(first);
  if (!isFirst)
    return beside === null
      ? []
      : [
          `the victim, ${sanitize(victim.name)}, held ${formatKiB(ownKiB)} beside ${beside} of ${sanitize(first.name)}`,
        ];
  return [first.count === 1 ? "the victim was the largest" : "the victim was one of the largest group"];
}

function ownerText(uid: number | null, user: string | null): string {
  if (uid === null) return "";
  return user === null ? ` (uid ${uid})` : ` (uid ${uid}, ${sanitize(user)})`;
}
