import { hasGrown, heldKiB } from "@inquest/core";
import type { Growth, Incident, KiB, Suspect } from "@inquest/core";
import type { Case } from "./case.ts";
import { processText } from "./process-text.ts";
import { formatCount, formatKiB, formatShare, formatTook } from "./quantity.ts";
import { sanitize } from "./sanitize.ts";
import { familyReason, heldText, isTelling, victimKiB } from "./suspect.ts";

/** A victim that held less than this share of what the first suspect held was not what ate the memory. */
const smallShare = 0.25;

/** Who held the memory, in sentences, and that it was not who died. Our judgement. */
export function holderSentences(found: Case): readonly string[] {
  return [
    growthSentence(found) ?? suspectSentence(found) ?? psSentence(found),
    familySentence(found),
    bystanderSentence(found),
  ].filter((sentence) => sentence !== null);
}

/** The largest group of the fullest judgement in the storm. */
export function firstSuspect(deaths: readonly Incident[]): Suspect | null {
  const judged = deaths.flatMap(({ suspects }) => suspects?.slice(0, 1) ?? []);
  return judged.toSorted((a, b) => heldKiB(b) - heldKiB(a))[0] ?? null;
}

function growthSentence({ growth, report }: Case): string | null {
  if (growth === null) return null;
  const over = growth.overS === null ? "" : ` in ${formatTook(growth.overS * 1000)}`;
  const page = report?.pageSizeKiB ?? null;
  const pages =
    page === null
      ? ""
      : `, ${(growth.fromKiB / page).toLocaleString("en-US")} to ${(growth.toKiB / page).toLocaleString("en-US")} pages`;
  return `${ownedName(growth)} ate the memory: it grew from ${formatKiB(growth.fromKiB)} to ${formatKiB(growth.toKiB)}${over}${pages}.`;
}

function suspectSentence({ sincePs, storm }: Case): string | null {
  const suspect = firstSuspect(storm.deaths);
  if (suspect === null) return null;
  const tasks = suspect.count === 1 ? "held" : `(${formatCount(suspect.count, "task")}) held`;
  return `${ownedName(suspect)} ${tasks} most of the memory: up to ${heldText(suspect)}, ${formatShare(suspect.share)} of what all tasks held (pages that they share count once each).${sincePsText(sincePs, suspect)}`;
}

/** What the ps before showed of a suspect that is half as large again since; else nothing. */
function sincePsText(growth: Growth | null, { name, uid }: Suspect): string {
  if (growth === null || growth.name !== name || growth.uid !== uid) return "";
  if (growth.overS === null || !hasGrown(growth)) return "";
  return ` It had grown: the ps ${formatTook(growth.overS * 1000)} before showed ${formatKiB(growth.fromKiB)}.`;
}

/** Who held most, and who had grown, by ps alone. */
function psSentence({ byPs, storm }: Case): string | null {
  const [{ time }] = storm.deaths;
  if (byPs === null || time.atMs === null) return null;
  const { count, rssKiB, share, takenAtMs, grown } = byPs;
  const processes = count === 1 ? "held" : `(${count} processes) held`;
  const held = `The log does not tell who held the memory. By the ps ${formatTook(time.atMs - takenAtMs)} before, ${ownedName(byPs)} ${processes} most: up to ${formatKiB(rssKiB)}, ${formatShare(share)} of what all processes held`;
  if (grown === null) return `${held}.`;
  const over = grown.overS === null ? "" : ` in ${formatTook(grown.overS * 1000)}`;
  return `${held}; ${ownedName(grown)} had grown from ${formatKiB(grown.fromKiB)} to ${formatKiB(grown.toKiB)}${over}.`;
}

/** Those that one process had started, where their names alone do not show it. */
function familySentence({ family, storm }: Case): string | null {
  if (family === null || !isTelling(family, firstSuspect(storm.deaths))) return null;
  return `By descent: ${familyReason(family)} (ps before).`;
}

/** That the dead was not the culprit, where its own figure proves it. */
function bystanderSentence({ subject, growth, storm, report }: Case): string | null {
  const suspect = firstSuspect(storm.deaths);
  const held = growth ?? suspect;
  const mostKiB = growth?.toKiB ?? (suspect && heldKiB(suspect));
  const { victim } = subject;
  const own = victimKiB(victim);
  if (held === null || mostKiB === null || own === null || victim.name === held.name) return null;
  if (own + swappedKiB(subject, report) >= mostKiB * smallShare) return null;
  return `${processText(victim)} was a victim, not the culprit: it held ${formatKiB(own)} beside the ${formatKiB(mostKiB)} of ${sanitize(held.name)}.`;
}

/** What of the victim was swapped out: the table of its own report tells it, its kill line does not. */
function swappedKiB({ victim, reportId }: Incident, report: Case["report"]): KiB {
  if (report === null || report.pageSizeKiB === null || report.incident.reportId !== reportId) return 0;
  return (report.tasks.find(({ pid }) => pid === victim.pid)?.swapentsPages ?? 0) * report.pageSizeKiB;
}

function ownedName({ name, uid }: Pick<Suspect, "name" | "uid">): string {
  return `${sanitize(name)}${uid === null ? "" : ` (uid ${uid})`}`;
}
