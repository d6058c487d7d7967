import type { ExecAnswer, FailedState, FleetResult } from "@inquest/core";

/** What a host said, whole or not; null when it said nothing that could be heard. */
interface Answered {
  readonly answer: ExecAnswer;
  /** Why the answer is not whole; null when it is. */
  readonly cutBy: FailedState | null;
}

/** What a host said, if anything. */
export function answerOf(result: FleetResult): Answered | null {
  if (result.ok) return { answer: result.value, cutBy: null };
  return result.kept === null ? null : { answer: result.kept, cutBy: result.failure.state };
}
