import { splitProbeOutput } from "../probe/split-probe-output.ts";

/** An answer of the probe begins with its first sentinel, and a sentinel with a line feed of its own. */
export const answerMagic: Buffer = Buffer.from("\n@inquest:");

const nothing = new Uint8Array();

/** The kernel log in a saved answer of the probe. The answer was as large as --max-output at most: it is held whole. */
export async function kernelLogOfAnswer(
  chunks: AsyncIterable<Uint8Array>,
): Promise<{ readonly bytes: Uint8Array; readonly isWhole: boolean }> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  const answer = Buffer.concat(parts);
  const nonce = /^[A-Za-z0-9]{16,64}(?= )/.exec(answer.toString("latin1", answerMagic.length, 96))?.[0] ?? "";
  const log = splitProbeOutput(answer, nothing, nonce).sections.get("kernel-log");
  return { bytes: log?.bytes ?? nothing, isWhole: log === undefined || log.status !== null };
}
