import type { ProbeOutput } from "../model/probe-output.ts";

const longestComplaint = 300;

/** Sections other than the kernel log that could not be read, one line each: `ps: sh: ps: not found`. Hostile text. */
export function sectionComplaints(output: ProbeOutput): string[] {
  const complaints: string[] = [];
  for (const [name, section] of output.sections) {
    if (name === "kernel-log" || section.status === 0) continue;
    const said = section.complaint.split("\n")[0] ?? "";
    const words =
      section.status === null ? "the answer was cut off" : said || `exit status ${section.status}`;
    complaints.push(`${name}: ${words}`.slice(0, longestComplaint));
  }
  return complaints;
}
