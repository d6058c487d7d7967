import type { Incident, IncidentKind, Seconds } from "@inquest/core";
import type { Case } from "./case.ts";
import { processText, shortened } from "./process-text.ts";
import { formatCount, formatKiB, formatTook } from "./quantity.ts";
import { sanitize } from "./sanitize.ts";
import { victimKiB } from "./suspect.ts";
import { whenText } from "./when-text.ts";
import type { WhyLook } from "./when-text.ts";

/** More names than this make no sentence. */
const mostNames = 4;

/** What happened to a process, by the kind of its incident; the kernel's kills depend on more. */
const happened: Readonly<Partial<Record<IncidentKind, string>>> = {
  "oomd-kill": "was killed for memory by a daemon",
  vanished: "vanished between two ps",
  segfault: "died of a segfault",
  trap: "died of a trap",
  signal: "died of a signal",
  seccomp: "was killed by seccomp",
  "hw-memory": "was hit by a hardware memory error",
  "hung-task": "hung",
  lockup: "was running when a CPU locked up",
  oops: "was running when the kernel oopsed",
  panic: "was running when the kernel panicked",
};
/** Of these nobody need have died. */
const troubles: ReadonlySet<IncidentKind> = new Set(["hw-memory", "hung-task", "lockup", "oops", "panic"]);

/** Who died of the storm, and what else the log tells of it. */
export function diedSentence({ storm, host }: Case, look: WhyLook): string {
  const { deaths, spanS } = storm;
  const told = mostProven(deaths);
  const first = told[0] ?? deaths[0];
  const at = whenText(first, look);
  const more = besideText(deaths.filter((death) => !told.includes(death)));
  if (told.length === 1)
    return isNameless(first)
      ? `The OOM killer ran on ${sanitize(host)}, ${at}: the log does not tell whom it killed.${more}`
      : `${processText(first.victim)} ${fateText(first)} on ${sanitize(host)}, ${at}.${more}`;
  const within = spanS === null ? "" : withinText(spanS);
  const freed = told.reduce((sum, { victim }) => sum + (victimKiB(victim) ?? 0), 0);
  const held = freed === 0 ? "" : ` (they held ${formatKiB(freed)} by their kill lines)`;
  return `${told.length} processes ${wentText(told)} ${sanitize(host)}${within}: ${namesText(told)}${held}.${more} The first, ${processText(first.victim)}, ${fateText(first)} ${at}.`;
}

/** Those who died; where nobody did, who was announced; else who was in trouble. */
function mostProven(deaths: readonly Incident[]): readonly Incident[] {
  const killed = deaths.filter(({ kind }) => !troubles.has(kind));
  const proven = killed.filter(({ confirmed }) => confirmed);
  return [proven, killed].find(({ length }) => length > 0) ?? deaths;
}

function withinText(spanS: Seconds): string {
  return Math.abs(spanS) < 0.05 ? " at once" : ` within ${formatTook(Math.abs(spanS) * 1000)}`;
}

/** A report that the log has only the head of. */
function isNameless({ kind, confirmed, victim }: Incident): boolean {
  return kind === "oom-kill" && !confirmed && victim.name === null;
}

/** What is known of a death that no kill explains. */
export function detailSentence({ subject: { kind, detail } }: Case): string | null {
  if (detail === null || kind === "oom-kill") return null;
  return kind === "vanished"
    ? `What is known of it: ${sanitize(detail)}.`
    : `In the log's words: ${shortened(detail)}`;
}

/** What the log tells of beside those who died: kills that it only announces, and other troubles by their kinds. */
function besideText(others: readonly Incident[]): string {
  const [announced, seen] = [true, false].map((wanted) =>
    others.filter(({ kind }) => !troubles.has(kind) === wanted),
  );
  const count = announced?.length ?? 0;
  const kinds = [...Map.groupBy(seen ?? [], ({ kind }) => kind)].map(([kind, some]) =>
    formatCount(some.length, kind),
  );
  return [
    ...(count === 0
      ? []
      : [
          ` ${formatCount(count, "more kill")} ${count === 1 ? "is" : "are"} announced, and the line that says who died is missing.`,
        ]),
    ...(kinds.length === 0 ? [] : [` The log also tells of ${kinds.join(", ")}.`]),
  ].join("");
}

function wentText(deaths: readonly Incident[]): string {
  if (deaths.every(({ kind }) => kind === "vanished")) return "vanished from";
  if (deaths.every(({ kind }) => troubles.has(kind))) return "were in trouble on";
  return deaths.some(({ confirmed }) => confirmed) ? "died on" : "were to be killed on";
}

function fateText({ kind, confirmed }: Incident): string {
  if (kind !== "oom-kill") return happened[kind] ?? kind;
  return confirmed
    ? "was killed for memory by the kernel"
    : "was to be killed for memory by the kernel (the log announces it, and the line that says it died is missing)";
}

function namesText(deaths: readonly Incident[]): string {
  const names = Map.groupBy(deaths, ({ victim }) => victim.name ?? "?");
  const all = [...names].toSorted(([, a], [, b]) => b.length - a.length);
  const shown = all.slice(0, mostNames).map(([name, some]) => `${some.length} ${sanitize(name)}`);
  return all.length > mostNames
    ? `${shown.join(", ")} and ${all.length - mostNames} other names`
    : shown.join(", ");
}
