import { commandWords } from "@inquest/core";
import type { EpochMs, Incident, Process, Suspect } from "@inquest/core";
import type { VisitFigures } from "@inquest/store";
import type { Case } from "./case.ts";
import { choiceSentences } from "./choice-sentences.ts";
import { detailSentence, diedSentence } from "./died-sentence.ts";
import { fateWords } from "./fate.ts";
import { herdSentence } from "./herd-sentence.ts";
import { holderOf, holderSentences } from "./holder-sentences.ts";
import { limitSentence } from "./limit-sentence.ts";
import { processText, shortened } from "./process-text.ts";
import { formatCount, formatTook } from "./quantity.ts";
import { formatRecurrence } from "./recurring-sentence.ts";
import { sanitize } from "./sanitize.ts";
import { ageText, whenText } from "./when-text.ts";
import type { WhyLook } from "./when-text.ts";

/** More times than this make no sentence. */
const mostTimes = 4;

/** Why it died, in sentences fit for a terminal, the most important first. */
export function whySentences(found: Case, look: WhyLook): readonly string[] {
  return [
    diedSentence(found, look),
    detailSentence(found),
    ...holderSentences(found),
    limitSentence(found),
    herdSentence(found, holderOf(found)?.name ?? null, look),
    ...ownerSentences(found, look),
    ...choiceSentences(found, holderOf(found)),
    fateSentence(found),
    afterSentence(found, look),
    ...aroundSentences(found, look),
    ...recurrenceSentences(found, look),
    othersSentence(found, look),
  ].filter((sentence) => sentence !== null);
}

/** Whose process it is and what it runs, as a ps tells. */
function ownerSentences(found: Case, look: WhyLook): readonly string[] {
  const { snapshot, storm, subject } = found;
  if (snapshot === null) return [];
  const [first] = storm.deaths;
  const holder = holderOf(found);
  const age = ageText(snapshot.takenAtMs, first, look);
  const dead = isBefore(snapshot.takenAtMs, subject) ? processOf(snapshot.processes, subject.victim) : null;
  const user = holder === null ? null : userOf(snapshot.processes, holder.uid);
  const running = holder === null ? null : largestOf(snapshot.processes, holder);
  const command = commandWords(running?.args ?? null);
  return [
    ...(holder === null || user === null
      ? []
      : [
          `uid ${holder.uid} is ${sanitize(user)}${command === null ? "" : `, running ${shortened(command)}`} (ps ${age}).`,
        ]),
    ...(dead === null || dead.args === null
      ? []
      : [
          `${processText({ pid: dead.pid, name: dead.name })} was ${shortened(commandWords(dead.args) ?? dead.args)}${dead.user === null ? "" : ` of ${sanitize(dead.user)}`} (ps ${age}).`,
        ]),
  ];
}

/** Whether it came back, and how long it was gone. */
function fateSentence({ subject: { victim, time, kind }, fate }: Case): string | null {
  if (fate === null || time.atMs === null || kind === "vanished") return null;
  return `${processText(victim)} since then: ${fateWords(fate, time.atMs)}.`;
}

function afterSentence({ reboot, host }: Case, look: WhyLook): string | null {
  if (reboot === null) return null;
  return `${sanitize(host)} was rebooted near it, ${whenText(reboot, look)}${reboot.detail === null ? "" : ` (${sanitize(reboot.detail)})`}.`;
}

function aroundSentences(
  { figures: { before, after }, storm, alerts }: Case,
  look: WhyLook,
): readonly string[] {
  const [{ time }] = storm.deaths;
  const visits = [before, after].flatMap((figures) =>
    figures === null ? [] : (figuresText(figures, time.atMs) ?? []),
  );
  return [
    ...(visits.length === 0 ? [] : [`At the visit ${visits.join("; ")}.`]),
    ...alerts.slice(-2).map((alert) => {
      const what = alert.detail === null ? "" : `: ${shortened(alert.detail)}`;
      return `An alert of ${sanitize(alert.host)}, ${whenText(alert, look)}${what}.`;
    }),
  ];
}

/** `12 min before: load 240.20, 180.11, 90.34, up 327 d`; null where the visit tells neither. */
function figuresText(
  { atMs, load1, load5, load15, uptimeS }: VisitFigures,
  diedAtMs: EpochMs | null,
): string | null {
  const load = [load1, load5, load15].filter((one) => one !== null);
  const told = [
    ...(load.length === 3 ? [`load ${load.map((one) => one.toFixed(2)).join(", ")}`] : []),
    ...(uptimeS === null ? [] : [`up ${formatTook(uptimeS * 1000)}`]),
  ];
  if (told.length === 0 || diedAtMs === null) return null;
  return `${formatTook(Math.abs(atMs - diedAtMs))} ${atMs <= diedAtMs ? "before" : "after"}: ${told.join(", ")}`;
}

/** Of what recurs on the host only that is told of this death which it is one of. */
function recurrenceSentences({ recurrences, storm, host }: Case, { zone }: WhyLook): readonly string[] {
  const ids = new Set(storm.deaths.map(({ id }) => id));
  const [own, others] = [true, false].map((wanted) =>
    recurrences.filter(({ incidents }) => incidents.some((id) => ids.has(id)) === wanted),
  );
  return [
    ...(own ?? []).map((one) => `It comes back: ${formatRecurrence(one, zone)}.`),
    ...(others ?? []).map(
      (one) => `Other deaths on ${sanitize(host)} come back: ${formatRecurrence(one, zone)}.`,
    ),
  ];
}

function othersSentence({ others, deaths }: Case, look: WhyLook): string | null {
  if (others.length === 0) return null;
  const dated = others.filter(({ deaths: [{ time }] }) => time.atMs !== null);
  const undated = others.length - dated.length;
  const times = [
    ...dated.slice(-mostTimes).map(({ deaths: [first] }) => whenText(first, look)),
    ...(undated === 0 ? [] : [`${formatCount(undated, "time")} not known when`]),
  ];
  return `${formatCount(deaths.length, "such incident")} in ${others.length + 1} storms; before: ${times.join("; ")}.`;
}

function isBefore(takenAtMs: EpochMs | null, { time }: Incident): boolean {
  return takenAtMs !== null && time.atMs !== null && takenAtMs <= time.atMs + (time.errorS ?? 0) * 1000;
}

function processOf(processes: readonly Process[], { pid, name }: Incident["victim"]): Process | null {
  return processes.find((one) => one.pid === pid && one.name === name) ?? null;
}

function userOf(processes: readonly Process[], uid: number | null): string | null {
  return uid === null ? null : (processes.find((one) => one.uid === uid && one.user !== null)?.user ?? null);
}

function largestOf(
  processes: readonly Process[],
  { name, uid }: Pick<Suspect, "name" | "uid">,
): Process | null {
  const alike = processes.filter((one) => one.name === name && one.uid === uid);
  return alike.toSorted((a, b) => (b.rssKiB ?? 0) - (a.rssKiB ?? 0))[0] ?? null;
}
