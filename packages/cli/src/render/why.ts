import type { Case, NotCovered } from "./case.ts";
import type { Findings } from "./findings.ts";
import { incidentJson, isoTime } from "./incident-json.ts";
import type { JsonObject } from "./incident-json.ts";
import { formatCount } from "./quantity.ts";
import { recurrenceJson } from "./recurring-json.ts";
import { sanitize } from "./sanitize.ts";
import { formatZonedInstant } from "./wall-time.ts";
import type { WhyLook } from "./when-text.ts";
import { whySentences } from "./why-sentences.ts";
import { wrapped } from "./wrapped.ts";

/** One screen: a sentence a paragraph, the most important first, then what to type next. */
export function formatWhy(
  found: Case,
  gaps: readonly NotCovered[],
  look: WhyLook & { readonly width: number | null },
): string {
  const sentences = [...whySentences(found, look), ...gapSentences(gaps, look)];
  const width = look.width ?? 80;
  const paragraphs = sentences.map((sentence, at) =>
    at === 0 ? wrapped(sentence, width, 0) : wrapped(`  ${sentence}`, width),
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
export function whyJson(found: Case, asked: WhyAsked, look: WhyLook): JsonObject {
  const { findings } = asked;
  return {
    ...nothingJson(found.host, asked, []),
    deaths: found.deaths.map((incident) => incidentJson(incident, look.zone, findings.get(incident.id))),
    summary: whySentences(found, look),
    recurring: found.recurrences.map(recurrenceJson),
  };
}

/** The same where no death is known: what is not covered matters most then. */
export function nothingJson(
  host: string,
  { process, gaps }: Pick<WhyAsked, "process" | "gaps">,
  summary: readonly string[],
): JsonObject {
  return {
    host,
    process,
    deaths: [],
    summary,
    recurring: [],
    not_covered: gaps.map(({ fromMs, toMs, reason }) => ({
      from: isoTime(fromMs),
      to: isoTime(toMs),
      reason,
    })),
  };
}

/** More gaps than this make no sentence. */
const mostGaps = 3;

/** For which time nothing speaks, in a sentence; the latest gaps are named. */
export function gapSentences(gaps: readonly NotCovered[], look: WhyLook): readonly string[] {
  if (gaps.length === 0) return [];
  const zone = look.zone ?? look.fallbackZone;
  const told = gaps.slice(-mostGaps).map(({ fromMs, toMs, reason }) => {
    const from = fromMs === null ? "" : ` after ${formatZonedInstant(fromMs, zone)}`;
    const to = toMs === null ? "" : ` before ${formatZonedInstant(toMs, zone)}`;
    return `${sanitize(reason).replace(/\.$/, "")}${from}${to}`;
  });
  const more = gaps.length > mostGaps ? `, the latest of ${formatCount(gaps.length, "gap")}` : "";
  return [`Not covered${more}: ${told.join("; ")}.`];
}
