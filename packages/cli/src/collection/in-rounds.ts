import { setTimeout as pause } from "node:timers/promises";
import { InquestError, now } from "@inquest/core";
import type { Millis } from "@inquest/core";
import { formatTook } from "../render/quantity.ts";
import { exitCode } from "../exit-code.ts";

/** Collectors of one site that were started together should not come together for ever. */
const jitterShare = 0.1;
const mostJitterMs: Millis = 60_000;

/** How rounds follow each other. */
export interface Rounds {
  /** From start to start; null: there is one. */
  readonly everyMs: Millis | null;
  /** Ends the rounds: at once between two of them. Its reason is the name of the signal. */
  readonly signal: AbortSignal;
  readonly random: () => number;
  readonly say: (line: string) => Promise<void>;
  /** Takes what ended a later round before its time. */
  readonly complain: (error: InquestError) => Promise<void>;
}

/**
 * Runs a round, and where they are many one after the other until the signal; gives the exit code of the last. A round
 * that takes longer than they are apart leaves out the starts that it missed: they never pile up. What cannot be done
 * ends the first round and all; later it ends that round alone, for a full disk or a missing folder may pass.
 */
export async function inRounds(
  { everyMs, signal, random, say, complain }: Rounds,
  round: (nth: number) => Promise<number>,
): Promise<number> {
  for (let nth = 0; ; nth += 1) {
    const startedMs = now();
    try {
      const code = await round(nth);
      if (everyMs === null || signal.aborted) return code;
    } catch (error) {
      if (nth === 0 || everyMs === null || !(error instanceof InquestError)) throw error;
      await complain(error);
      if (signal.aborted) return interruptedCode(signal);
    }
    // A clock that is set meanwhile must not hold the rounds up.
    const tookMs = Math.max(0, now() - startedMs);
    const missed = Math.floor(tookMs / everyMs);
    if (missed > 0) await say(`the round took ${formatTook(tookMs)}: ${missed} left out`);
    const jitterMs = random() * Math.min(everyMs * jitterShare, mostJitterMs);
    await pause(everyMs - (tookMs % everyMs) + jitterMs, undefined, { signal }).catch(() => {});
    if (signal.aborted) return interruptedCode(signal);
  }
}

/** What a signal ends a command with: 128 and its number, as shells have it. */
export function interruptedCode({ reason }: AbortSignal): number {
  return reason === "SIGTERM" ? exitCode.terminated : exitCode.interrupted;
}
