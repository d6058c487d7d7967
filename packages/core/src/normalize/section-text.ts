import type { ProbeOutput, ProbeSectionName } from "../model/probe-output.ts";

/** The text of a section; bytes that are not UTF-8 become U+FFFD. Null when the section did not come. */
export function sectionText({ sections }: ProbeOutput, name: ProbeSectionName): string | null {
  const section = sections.get(name);
  return section === undefined ? null : new TextDecoder().decode(section.bytes);
}
