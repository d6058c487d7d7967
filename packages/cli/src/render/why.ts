import type { Case, NotCovered } from "./case.ts";
import type { Findings } from "./findings.ts";
import { incidentJson, isoTime } from "./incident-json.ts";
import type { JsonObject } from "./incident-json.ts";
import { formatCount } from "./quantity.ts";
import { recurrenceJson } from "./recurring-json.ts";
import { sanitize } from "./sanitize.ts";
import type { WhyLook } from "./why-sentences.ts";
import { whySentences } from "./why-sentences.ts";
import { formatInstant } from "./wall-time.ts";

/** One screen: a sentence a paragraph, the most important first, then what to type next. */
export function formatWhy(
  found: Case,
  gaps: readonly NotCovered[],
  look: WhyLook & { readonly width: number | null },
): string {
  const sentences = [...whySentences(found, look), ...gapSentences(gaps, look)];
  const paragraphs = sentences.map((sentence, at) =>
    wrapped(sentence, look.width ?? 80, at === 0 ? "" : "  "),
  );
  const next = `More: inquest show ${sanitize(found.subject.id)}`;
  return `${paragraphs.join("\n")}\n\n${next}\n`;
}

/** What was asked, and what the store tells besides. */
export interface WhyAsked {
  readonly process: string | null;
  readonly gaps: readonly NotCovered[];
  /** By the id of the incident. */
  readonly findings: ReadonlyMap<string, Findings>;
}

/** The same as JSON: contract, `why`. */
export function whyJson(found: Case, { process, gaps, findings }: WhyAsked, look: WhyLook): JsonObject {
  return {
    host: found.host,
    process,
    deaths: found.deaths.map((incident) => incidentJson(incident, look.zone, findings.get(incident.id))),
    summary: whySentences(found, look),
    recurring: found.recurrences.map(recurrenceJson),
    not_covered: gaps.map(({ fromMs, toMs, reason }) => ({
      from: isoTime(fromMs),
      to: isoTime(toMs),
      reason,
    })),
  };
}

/** That the log was not read all the time, in a sentence; the latest gap is named. */
export function gapSentences(gaps: readonly NotCovered[], look: WhyLook): readonly string[] {
  const last = gaps.at(-1);
  if (last === undefined) return [];
  const zone = look.zone ?? look.fallbackZone;
  const text = (ms: number | null, open: string): string => (ms === null ? open : formatInstant(ms, zone));
  const span = `${text(last.fromMs, "its beginning")} to ${text(last.toMs, "now")} (${sanitize(last.reason)})`;
  return [`The log was not read all the time: ${formatCount(gaps.length, "gap")}, the last from ${span}.`];
}

/** Words broken into lines; words that are longer than a line stay whole. */
function wrapped(text: string, width: number, indent: string): string {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && indent.length + line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line].map((one) => `${indent}${one}`).join("\n");
}
