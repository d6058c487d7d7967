import type { ProbeOutput, ProbeSectionName } from "../model/probe-output.ts";

/**
 * The text of a section; bytes that are not UTF-8 become U+FFFD. Null when the section did not come. Of one that was
 * cut off the whole lines only: half a line holds half a number.
 */
export function sectionText({ sections }: ProbeOutput, name: ProbeSectionName): string | null {
  const section = sections.get(name);
  if (section === undefined) return null;
  const text = new TextDecoder().decode(section.bytes);
  return section.status === null ? text.slice(0, text.lastIndexOf("\n") + 1) : text;
}
