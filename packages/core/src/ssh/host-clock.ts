import { HostFailureError } from "./host-failure-error.ts";
import { isBeforeLogin } from "./phase.ts";
import type { Phase } from "./phase.ts";

/** The one timer of one host's visit. Whatever waits for the host also waits for `signal`. */
export interface HostClock {
  /** Aborted with a HostFailureError as its reason: a clock ran out or the run ends. */
  readonly signal: AbortSignal;
  readonly phase: () => Phase;
  readonly enter: (phase: Phase) => void;
  /** Starts the timer, ms from now, for what is left of a limit; null stops it (while we are the ones who wait). */
  readonly allow: (ms: number | null, limitMs?: number) => void;
  /** Ends the visit now, for this reason in the phase it has reached. */
  readonly end: (reasonIn: (phase: Phase) => HostFailureError) => void;
}

/** Starts a host's clock, stopped. */
export function startHostClock(): HostClock {
  const over = new AbortController();
  let phase: Phase = "start";
  let timer: NodeJS.Timeout | undefined;
  const end = (reasonIn: (phase: Phase) => HostFailureError): void => {
    clearTimeout(timer);
    over.abort(reasonIn(phase));
  };
  return {
    signal: over.signal,
    phase: () => phase,
    enter: (next) => {
      phase = next;
    },
    allow: (ms, limitMs) => {
      clearTimeout(timer);
      if (ms !== null && !over.signal.aborted)
        timer = setTimeout(() => end((at) => timedOut(at, limitMs ?? ms)), ms);
    },
    end,
  };
}

/** A clock of ours ran out: the connect clock before the login, the command clock after it. */
function timedOut(phase: Phase, limitMs: number): HostFailureError {
  const state = isBeforeLogin(phase) ? "timeout-connect" : "timeout-command";
  return new HostFailureError(state, `Timed out after ${limitMs / 1000} s during ${phase}`);
}

/** Waits for a promise or for the signal, whichever is first. */
export async function orAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  const aborted = Promise.withResolvers<never>();
  const giveUp = (): void => aborted.reject(signal.reason);
  signal.addEventListener("abort", giveUp);
  try {
    return await Promise.race([promise, aborted.promise]);
  } finally {
    signal.removeEventListener("abort", giveUp);
  }
}
