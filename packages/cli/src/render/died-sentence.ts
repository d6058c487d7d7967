import type { Incident } from "@inquest/core";
import type { Case } from "./case.ts";
import { processText, shortened } from "./process-text.ts";
import { formatCount, formatKiB, formatTook } from "./quantity.ts";
import { sanitize } from "./sanitize.ts";
import { victimKiB } from "./suspect.ts";
import { whenText } from "./when-text.ts";
import type { WhyLook } from "./when-text.ts";

/** More names than this make no sentence. */
const mostNames = 4;

/** Who died of the storm, and how many more the log only announces. */
export function diedSentence({ storm, host }: Case, look: WhyLook): string {
  const { deaths, spanS } = storm;
  const proven = deaths.filter(({ confirmed }) => confirmed);
  const told: readonly Incident[] = proven.length === 0 ? deaths : proven;
  const first = told[0] ?? deaths[0];
  const at = whenText(first, look);
  const more = announcedText(deaths.length - told.length);
  if (told.length === 1)
    return `${processText(first.victim)} ${fateText(first)} on ${sanitize(host)}, ${at}.${more}`;
  const within = spanS === null ? "" : ` within ${formatTook(Math.abs(spanS) * 1000)}`;
  const freed = told.reduce((sum, { victim }) => sum + (victimKiB(victim) ?? 0), 0);
  const held = freed === 0 ? "" : ` (they held ${formatKiB(freed)} by their kill lines)`;
  return `${told.length} processes ${wentText(told)} ${sanitize(host)}${within}: ${namesText(told)}${held}.${more} The first, ${processText(first.victim)}, ${fateText(first)} ${at}.`;
}

/** What is known of a death that no kill explains. */
export function detailSentence({ subject: { kind, detail } }: Case): string | null {
  if (detail === null || kind === "oom-kill") return null;
  return kind === "vanished"
    ? `What is known of it: ${sanitize(detail)}.`
    : `In the log's words: ${shortened(detail)}`;
}

function announcedText(count: number): string {
  if (count === 0) return "";
  const are = count === 1 ? "is" : "are";
  return ` ${formatCount(count, "more kill")} ${are} announced, and the line that says who died is missing.`;
}

function wentText(deaths: readonly Incident[]): string {
  if (deaths.every(({ kind }) => kind === "vanished")) return "vanished from";
  return deaths.some(({ confirmed }) => confirmed) ? "died on" : "were to be killed on";
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
