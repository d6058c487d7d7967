import { hasGrown, heldKiB } from "@inquest/core";
import type { Growth, Incident, KiB, Suspect } from "@inquest/core";
import type { Case } from "./case.ts";
import { processText } from "./process-text.ts";
import { formatCount, formatKiB, formatTook } from "./quantity.ts";
import { sanitize } from "./sanitize.ts";
import { familyReason, heldText, isTelling, victimKiB } from "./suspect.ts";

/** A victim that held less than this share of what the first suspect held was not what ate the memory. */
const smallShare = 0.25;

/** Then it is not what the tasks held that was short. */
const otherWants: ReadonlySet<string> = new Set(["manual", "kernel-memory", "fragmentation", "low-zone"]);
/** A group that grew to less than this share of the largest is told beside it. */
const largeShare = 0.5;

/** Who held the memory, in sentences, and that it was not who died. Our judgement. */
export function holderSentences(found: Case): readonly string[] {
  const eater = eaterOf(found);
  const who =
    eater === null
      ? [suspectSentence(found) ?? psSentence(found), lesserSentence(found)]
      : [eaterSentence(eater, found)];
  return [...who, familySentence(found), bystanderSentence(found)].filter((sentence) => sentence !== null);
}

/** Who is told to have held the memory; null: nothing tells. */
export function holderOf(found: Case): Growth | Suspect | null {
  return eaterOf(found) ?? firstSuspect(found);
}

/** The largest group of the fullest judgement of this want of memory. */
function firstSuspect(found: Case): Suspect | null {
  return fullestJudgement(found)?.suspect ?? null;
}

function fullestJudgement({
  alike,
}: Case): { readonly suspect: Suspect; readonly taskCount: number | null } | null {
  const judged = alike.flatMap(({ suspects, taskCount }) =>
    (suspects ?? []).slice(0, 1).map((suspect) => ({ suspect, taskCount })),
  );
  const [fullest] = judged.toSorted(
    ({ suspect: a }, { suspect: b }) => (heldKiB(b) ?? 0) - (heldKiB(a) ?? 0) || b.share - a.share,
  );
  return fullest ?? null;
}

/** Who grew, where it was a large part of what had run out. */
function eaterOf(found: Case): Growth | null {
  const { growth, subject } = found;
  const first = firstSuspect(found);
  if (growth === null || first === null || otherWants.has(subject.pressure?.class ?? "")) return null;
  return growth.toKiB >= (heldKiB(first) ?? 0) * largeShare ? growth : null;
}

function eaterSentence(growth: Growth, { report }: Case): string {
  const page = report?.pageSizeKiB ?? null;
  const pages =
    page === null
      ? ""
      : `, ${(growth.fromKiB / page).toLocaleString("en-US")} to ${(growth.toKiB / page).toLocaleString("en-US")} pages`;
  return `${ownedName(growth)} ate the memory: it grew ${grownText(growth)}${pages}.`;
}

/** Who grew beside a larger one. */
function lesserSentence({ growth }: Case): string | null {
  return growth === null ? null : `${ownedName(growth)} grew ${grownText(growth)}.`;
}

/** `from 2.3 GiB to 7.7 GiB in 26 s`. */
function grownText({ fromKiB, toKiB, overS }: Growth): string {
  const over = overS === null ? "" : ` in ${formatTook(overS * 1000)}`;
  return `from ${formatKiB(fromKiB)} to ${formatKiB(toKiB)}${over}`;
}

function suspectSentence(found: Case): string | null {
  const judgement = fullestJudgement(found);
  if (judgement === null) return null;
  const { suspect, taskCount } = judgement;
  const tasks = suspect.count === 1 ? "held" : `(${formatCount(suspect.count, "task")}) held`;
  return `${ownedName(suspect)} ${tasks} the most: ${heldText(suspect)} of what ${listedText(taskCount)} held (pages that they share count once each).${lostText(found)}${sincePsText(found.sincePs, suspect)}`;
}

/** The kernel lists whom it kills: a table without the victim has lost rows, whatever else it shows. */
function lostText({ report, subject: { id, victim } }: Case): string {
  if (report === null || report.incident.id !== id || victim.pid === null) return "";
  return report.tasks.some(({ pid }) => pid === victim.pid)
    ? ""
    : ` But rows of that table are lost: ${processText(victim)} is not among them.`;
}

/** A log may have lost most rows of its table: how many are left says what a share is worth. */
function listedText(taskCount: number | null): string {
  if (taskCount === 1) return "the one listed task";
  return taskCount === null ? "all listed tasks" : `the ${taskCount} listed tasks`;
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
  const { count, takenAtMs, grown } = byPs;
  const processes = count === 1 ? "held" : `(${count} processes) held`;
  const held = `The log does not tell who held the memory. By the ps ${formatTook(time.atMs - takenAtMs)} before, ${ownedName(byPs)} ${processes} the most: ${heldText({ ...byPs, swapKiB: null })} of what all processes held`;
  if (grown === null) return `${held}.`;
  return `${held}; ${ownedName(grown)} had grown ${grownText(grown)}.`;
}

/** Those that one process had started, where their names alone do not show it. */
function familySentence(found: Case): string | null {
  const { family } = found;
  if (family === null || !isTelling(family, firstSuspect(found))) return null;
  return `By descent: ${familyReason(family)} (ps before).`;
}

/** That the dead was not the culprit, where its own figure proves it. */
function bystanderSentence(found: Case): string | null {
  const { subject, report } = found;
  const held = holderOf(found);
  const mostKiB = held && ("toKiB" in held ? held.toKiB : heldKiB(held));
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
