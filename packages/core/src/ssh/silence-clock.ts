import type { Millis } from "../model/units.ts";
import type { HostClock } from "./host-clock.ts";
import { HostFailureError } from "./host-failure-error.ts";

/** How long a command may send nothing; null: as long as its other clocks let it. */
export interface SilenceLimits {
  /** From the start of the command to its first byte, of stdout or stderr. */
  readonly firstByteMs: Millis | null;
  /** From one chunk of output to the next, or to the exit status. */
  readonly silenceMs: Millis | null;
}

/** Watches one command's output. */
export interface SilenceClock {
  readonly heard: (bytes: number) => void;
  /** Nothing more is waited for. */
  readonly stop: () => void;
}

/**
 * Ends a visit whose command sends nothing for too long. A host may be alive (it answers keepalives) and its command
 * stuck: ssh2 has no clock for that, and the command clock alone would let it hold its place to the end.
 */
export function startSilenceClock(clock: HostClock, { firstByteMs, silenceMs }: SilenceLimits): SilenceClock {
  let received = 0;
  const after = (ms: Millis | null, reason: (seconds: number) => string): NodeJS.Timeout | undefined => {
    if (ms === null) return undefined;
    const end = (): void => clock.end(() => new HostFailureError("timeout-command", reason(ms / 1000)));
    return setTimeout(end, ms);
  };
  let timer = after(firstByteMs, (seconds) => `Timed out after ${seconds} s without a first byte of output`);
  return {
    heard: (bytes) => {
      const isFirst = received === 0;
      received += bytes;
      if (!isFirst) timer?.refresh();
      else {
        clearTimeout(timer);
        timer = after(
          silenceMs,
          (seconds) => `Timed out after ${seconds} s of silence, ${received} bytes had come`,
        );
      }
    },
    stop: () => clearTimeout(timer),
  };
}
