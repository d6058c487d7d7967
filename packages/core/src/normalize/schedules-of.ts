import type { ProbeOutput } from "../model/probe-output.ts";
import type { Schedules } from "../model/schedule.ts";
import { parseSchedules } from "../parse/schedule/parse-schedules.ts";
import { sectionText } from "./section-text.ts";

/**
 * What the host starts by the clock, or null when it was not read: not asked for, or without an answer and a word why.
 * `login`: whose crontab its own is, null: nobody knows.
 */
export function schedulesOf(
  output: ProbeOutput,
  complaints: readonly string[],
  login: string | null,
): Schedules | null {
  const text = sectionText(output, "schedules");
  if (text === null) return null;
  const isRefused = text.trim() === "" && complaints.some((complaint) => complaint.startsWith("schedules:"));
  return isRefused ? null : parseSchedules(text, login);
}

/** Which places were not understood, in words for the visit. */
export function scheduleRefusals(schedules: Schedules | null): readonly string[] {
  const [first, ...others] = schedules?.refused ?? [];
  if (first === undefined) return [];
  return [`schedules: not understood: ${first}${others.length === 0 ? "" : ` and ${others.length} more`}`];
}
