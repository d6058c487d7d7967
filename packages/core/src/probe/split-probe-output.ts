import {
  probeSections,
  type ProbeOutput,
  type ProbeSection,
  type ProbeSectionName,
} from "../model/probe-output.ts";
import { splitStream, type Attempt } from "./split-stream.ts";

const decoder = new TextDecoder("utf-8");

/** An attempt that succeeded answers for its section; where none did, the one with most to show, then the last. */
function answerOf(attempts: readonly Attempt[]): Attempt | undefined {
  const succeeded = attempts.findLast((attempt) => attempt.status === 0);
  const cut = attempts.findLast((attempt) => attempt.status === null);
  return succeeded ?? cut ?? attempts.findLast((attempt) => attempt.bytes.length > 0) ?? attempts.at(-1);
}

function complaintOf(attempts: readonly Attempt[]): string {
  const texts = attempts.map((attempt) => decoder.decode(attempt.bytes).trim());
  return texts.filter((text) => text !== "").join("\n");
}

/**
 * A probe's answer cut into sections, byte for byte; `nonce` is the one its request was made with. Text without a
 * sentinel of that nonce is noise or content, whatever it looks like. Where one command was tried after another,
 * the one that succeeded answers, and what all of them complained of on stderr is kept.
 */
export function splitProbeOutput(stdout: Uint8Array, stderr: Uint8Array, nonce: string): ProbeOutput {
  const answer = splitStream(stdout, nonce);
  const complaints = splitStream(stderr, nonce);
  const sections = new Map<ProbeSectionName, ProbeSection>();
  for (const name of probeSections) {
    const found = answerOf(answer.attempts.filter((attempt) => attempt.section === name));
    if (found === undefined) continue;
    const complaint = complaintOf(complaints.attempts.filter((attempt) => attempt.section === name));
    sections.set(name, { via: found.via, status: found.status, bytes: found.bytes, complaint });
  }
  return { sections, complete: answer.complete, noiseBytes: answer.noiseBytes };
}
