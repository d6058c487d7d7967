import type { ProbeSectionName } from "../model/probe-output.ts";

/** One section that an answering host writes. */
export interface AnsweredSection {
  readonly section: ProbeSectionName;
  readonly via: string;
  readonly status: number;
  readonly text: string;
}

/** The nonce in a command line that probeRequest made, or null when the command is not the probe. */
export function nonceOf(command: string): string | null {
  return /^exec sh -s -- \S+ ([A-Za-z0-9]{16,64}) /u.exec(command)?.[1] ?? null;
}

/**
 * Writes what the probe script would write on a host whose commands print these texts: the inverse of
 * splitProbeOutput. The hosts of the demo, which are recorded and have no shell, answer with it.
 */
export function writeProbeAnswer(
  sections: readonly AnsweredSection[],
  nonce: string,
): { readonly stdout: Buffer; readonly stderr: Buffer } {
  const say = (...words: readonly (string | number)[]): string => `\n@inquest:${nonce} ${words.join(" ")}\n`;
  const framed = (content: (answered: AnsweredSection) => string): Buffer =>
    Buffer.from(
      sections
        .map(
          (it) => say("open", it.section, it.via) + content(it) + say("close", it.section, it.via, it.status),
        )
        .join("") + say("end"),
    );
  return { stdout: framed(({ text }) => text), stderr: framed(() => "") };
}
