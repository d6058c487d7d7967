import { commandWords, hostZoneOf } from "@inquest/core";
import type { EpochMs, Incident, Process, Suspect } from "@inquest/core";
import type { Case } from "./case.ts";
import { fateWords } from "./fate.ts";
import { firstSuspect, holderSentences } from "./holder-sentences.ts";
import { processText, shortened } from "./process-text.ts";
import { formatCount, formatKiB, formatTook } from "./quantity.ts";
import { formatRecurrence } from "./recurring-sentence.ts";
import { sanitize } from "./sanitize.ts";
import { victimKiB } from "./suspect.ts";
import { formatStamp, formatWallTime, formatZonedInstant } from "./wall-time.ts";

/** In which zone and as of when sentences are said. */
export interface WhyLook {
  /** --tz; null: the host's own zone. */
  readonly zone: string | null;
  readonly fallbackZone: string;
  readonly nowMs: EpochMs;
}

/** More names than this make no sentence. */
const mostNames = 4;

/** Why it died, in sentences fit for a terminal, the most important first. */
export function whySentences(found: Case, look: WhyLook): readonly string[] {
  return [
    diedSentence(found, look),
    detailSentence(found),
    ...holderSentences(found),
    limitSentence(found),
    herdSentence(found, look),
    ...ownerSentences(found, look),
    ...choiceSentences(found),
    fateSentence(found),
    afterSentence(found, look),
    ...aroundSentences(found, look),
    ...found.recurrences.map((one) => `It comes back: ${formatRecurrence(one)}.`),
    othersSentence(found, look),
  ].filter((sentence) => sentence !== null);
}

function diedSentence({ storm, host }: Case, look: WhyLook): string {
  const { deaths, spanS } = storm;
  const [first] = deaths;
  const at = whenText(first, look);
  if (deaths.length === 1)
    return `${processText(first.victim)} ${fateText(first)} on ${sanitize(host)}, ${at}.`;
  const within = spanS === null ? "" : ` within ${formatTook(Math.abs(spanS) * 1000)}`;
  const freed = deaths.reduce((sum, { victim }) => sum + (victimKiB(victim) ?? 0), 0);
  const told = freed === 0 ? "" : ` (they held ${formatKiB(freed)} by their kill lines)`;
  const went = deaths.every(({ kind }) => kind === "vanished") ? "vanished from" : "died on";
  return `${deaths.length} processes ${went} ${sanitize(host)}${within}: ${namesText(deaths)}${told}. The first, ${processText(first.victim)}, ${fateText(first)} ${at}.`;
}

/** What is known of a death that no kill explains. */
function detailSentence({ subject: { kind, detail } }: Case): string | null {
  if (detail === null || kind === "oom-kill") return null;
  return kind === "vanished"
    ? `What is known of it: ${sanitize(detail)}.`
    : `In the log's words: ${shortened(detail)}`;
}

function limitSentence({ storm, report }: Case): string | null {
  const incident = report?.incident ?? storm.deaths[0];
  const { scope, memcg, memory, pressure } = incident;
  if (scope === "memcg") {
    const { path, limitKiB } = memcg ?? { path: null, limitKiB: null };
    const group = path === null ? "a memory cgroup" : `the memory cgroup ${sanitize(path)}`;
    const limit = limitKiB === null ? "" : ` of ${formatKiB(limitKiB)}`;
    return `Not the machine had run out but ${group}: its limit${limit} was reached.`;
  }
  if (scope !== "system") return null;
  const ramFreeKiB = memory?.ramFreeKiB ?? null;
  const free = ramFreeKiB === null ? "" : `; ${formatKiB(ramFreeKiB)} of RAM were free`;
  const swap =
    pressure?.class === "swap-full"
      ? ", its swap too"
      : pressure?.class === "no-swap"
        ? ", it has no swap"
        : "";
  return `The whole machine had run out of memory${swap}${free}.`;
}

/** A crowd of one name; where no ps of this host shows it, it is likely a neighbour's. */
function herdSentence({ report, snapshot, host }: Case, look: WhyLook): string | null {
  const herd = report?.herd ?? null;
  if (report === null || herd === null) return null;
  const users = herd.uids > 1 ? ` of ${herd.uids} users` : "";
  const crowd = `${herd.count} of ${herd.of} tasks in the table were ${sanitize(herd.name)}${users}`;
  const isCron = /^(?:crond?|CRON|anacron|atd)$/i.test(herd.name);
  const what = isCron ? `${crowd}: each one starts a job of a crontab` : `${crowd}: a herd`;
  if (snapshot === null || snapshot.herdCount === null) return `${what}.`;
  const shown = `the ps of ${sanitize(host)} ${ageText(snapshot.takenAtMs, report.incident, look)} shows ${snapshot.herdCount}`;
  if (snapshot.herdCount * 4 >= herd.count) return `${what}; ${shown}.`;
  const foreign =
    snapshot.foreign === null ? "" : ` (${snapshot.foreign} of ${herd.of} tasks are not in it by name)`;
  return `${what}; ${shown}${foreign}. Likely they are another guest's on the same kernel: ask the owner of the physical host.`;
}

/** Whose process it is and what it runs, as a ps tells. */
function ownerSentences({ growth, storm, snapshot, subject }: Case, look: WhyLook): readonly string[] {
  if (snapshot === null) return [];
  const [first] = storm.deaths;
  const holder = growth ?? firstSuspect(storm.deaths);
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

/** Who asked and whom the kernel chose, where they are not who died. */
function choiceSentences({ subject: { trigger, selected, victim } }: Case): readonly string[] {
  return [
    ...(trigger === null || trigger.pid === victim.pid
      ? []
      : [`It was ${processText(trigger)} that asked for the page: neither victim nor culprit.`]),
    ...(selected === null || selected.pid === victim.pid
      ? []
      : [`The kernel chose ${processText(selected)} and killed ${processText(victim)}.`]),
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

function aroundSentences({ visit, alerts }: Case, look: WhyLook): readonly string[] {
  const load = [visit?.load1, visit?.load5, visit?.load15].filter((one) => one !== null && one !== undefined);
  return [
    ...(load.length === 3
      ? [`Load at the nearest visit: ${load.map((one) => one.toFixed(2)).join(", ")}.`]
      : []),
    ...alerts.slice(-2).map((alert) => {
      const what = alert.detail === null ? "" : `: ${shortened(alert.detail)}`;
      return `An alert of ${sanitize(alert.host)}, ${whenText(alert, look)}${what}.`;
    }),
  ];
}

function othersSentence({ others, deaths }: Case, look: WhyLook): string | null {
  if (others.length === 0) return null;
  const times = others.slice(-mostNames).map(({ deaths: [first] }) => whenText(first, look));
  return `${formatCount(deaths.length, "such death")} in ${others.length + 1} storms; before: ${times.join("; ")}.`;
}

function fateText({ kind, confirmed }: Incident): string {
  const announced = "(the log announces it, and the line that says it died is missing)";
  if (kind === "oomd-kill") return "was killed for memory by a daemon";
  if (kind === "vanished") return "vanished between two ps";
  if (kind !== "oom-kill") return `died (${kind})`;
  return confirmed
    ? "was killed for memory by the kernel"
    : `was to be killed for memory by the kernel ${announced}`;
}

function namesText(deaths: readonly Incident[]): string {
  const names = Map.groupBy(deaths, ({ victim }) => victim.name ?? "?");
  const all = [...names].toSorted(([, a], [, b]) => b.length - a.length);
  const shown = all.slice(0, mostNames).map(([name, some]) => `${some.length} ${sanitize(name)}`);
  return all.length > mostNames
    ? `${shown.join(", ")} and ${all.length - mostNames} other names`
    : shown.join(", ");
}

function whenText(incident: Incident, look: WhyLook): string {
  const zone = look.zone ?? hostZoneOf(incident) ?? look.fallbackZone;
  const told = formatWallTime(incident.time, zone, look.nowMs);
  if (told !== null) return told;
  const stamp = incident.stampUs === null ? "" : ` ${formatStamp(incident.stampUs)}`;
  return `at a time that is not known${stamp}, before ${formatZonedInstant(incident.firstSeenMs, zone)}`;
}

/** How far a ps is from a death: `3 min before`, `7 h after`; its own time where the death has none. */
function ageText(takenAtMs: EpochMs | null, incident: Incident, look: WhyLook): string {
  if (takenAtMs === null) return "of an unknown time";
  const { atMs } = incident.time;
  const zone = look.zone ?? hostZoneOf(incident) ?? look.fallbackZone;
  if (atMs === null) return `of ${formatZonedInstant(takenAtMs, zone)}`;
  return `${formatTook(Math.abs(takenAtMs - atMs))} ${takenAtMs <= atMs ? "before" : "after"}`;
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
