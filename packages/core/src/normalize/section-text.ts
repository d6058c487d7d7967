import type { ProbeOutput, ProbeSectionName } from "../model/probe-output.ts";

/**
 * The bytes of a section, none when it did not come. Of one that was cut off the whole lines only: half a line holds
 * half a number.
 */
export function sectionBytes({ sections }: ProbeOutput, name: ProbeSectionName): Uint8Array {
  const section = sections.get(name);
  if (section === undefined) return new Uint8Array();
  const { bytes, status } = section;
  return status === null ? bytes.subarray(0, bytes.lastIndexOf(lineFeed) + 1) : bytes;
}

const lineFeed = 10;

/** The text of a section; bytes that are not UTF-8 become U+FFFD. Null when the section did not come. */
export function sectionText(output: ProbeOutput, name: ProbeSectionName): string | null {
  return output.sections.has(name) ? new TextDecoder().decode(sectionBytes(output, name)) : null;
}
