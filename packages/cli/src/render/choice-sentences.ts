import type { Incident, Suspect } from "@inquest/core";
import type { Case } from "./case.ts";
import { processText } from "./process-text.ts";

/** Who asked and whom the kernel chose, where they are not who died. `holder`: who is told to have held the memory. */
export function choiceSentences(
  { subject, storm, report }: Case,
  holder: Pick<Suspect, "name"> | null,
): readonly string[] {
  const { selected, victim, confirmed } = subject;
  const asked =
    isByHand(subject) || isByHand(report?.incident ?? null)
      ? null
      : triggerSentence(subject, [...storm.deaths.map((death) => death.victim.name), holder?.name ?? null]);
  const isOther = selected !== null && selected.pid !== victim.pid && confirmed;
  return [
    ...(asked === null ? [] : [asked]),
    ...(isOther ? [`The kernel chose ${processText(selected)} and killed ${processText(victim)}.`] : []),
  ];
}

/** A kill by hand is asked for by the keyboard's worker, not for a page. */
function isByHand(incident: Incident | null): boolean {
  return incident?.pressure?.class === "manual";
}

/** The pid of a trigger is that of a thread. */
function triggerSentence({ trigger, victim }: Incident, involved: readonly (string | null)[]): string | null {
  if (trigger === null || trigger.pid === victim.pid) return null;
  const asked = `It was ${processText(trigger)} that asked for the page`;
  if (trigger.name === victim.name) return `${asked}: a thread of the victim, or another of its name.`;
  return involved.includes(trigger.name)
    ? `${asked}.`
    : `${asked}: that alone makes it neither victim nor culprit.`;
}
