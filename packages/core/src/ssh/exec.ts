import type { EpochMs } from "../model/units.ts";
import { collectOutput } from "./collect-output.ts";
import type { CommandEnd, Connection } from "./connection.ts";
import type { HostClock } from "./host-clock.ts";
import { HostFailureError } from "./host-failure-error.ts";
import { startSilenceClock } from "./silence-clock.ts";
import type { SilenceClock, SilenceLimits } from "./silence-clock.ts";

/** What is run on a host: one command line for its login shell, and the bytes of its standard input. */
export interface ExecRequest {
  readonly command: string;
  readonly stdin: Buffer;
  /** Takes the output as it comes; then the answer keeps none of it. Must not throw. */
  readonly onOutput?: TakeOutput;
}

/** Takes one chunk of a host's output. Its bytes are hostile. */
export type TakeOutput = (stream: "stdout" | "stderr", chunk: Buffer) => void;

/** What a host answered. Its bytes are hostile. A code other than 0 is an answer too: the caller judges. */
export interface ExecAnswer {
  readonly stdout: Buffer;
  readonly stderr: Buffer;
  /** Exit status; null when a signal ended the command or none was told. */
  readonly code: number | null;
  /** `SIGKILL`, …; null when the command ended by itself. */
  readonly signal: string | null;
  /** Collector clock: standard input was written (without any: the command was asked for). The host had not begun. */
  readonly sentMs: EpochMs;
  /** Collector clock: the first byte of standard output was here; null when there was none. */
  readonly firstByteMs: EpochMs | null;
  /** Collector clock: the last byte was here. */
  readonly receivedMs: EpochMs;
}

/** An answer, and what went wrong if it is not whole. */
export interface ExecOutcome {
  readonly answer: ExecAnswer;
  readonly failure: HostFailureError | null;
}

/** What bounds one exec beside the host's clock. */
export interface ExecLimits extends SilenceLimits {
  /** Bytes of stdout and stderr together that are kept; the command is left at the first one more. */
  readonly maxOutputBytes: number;
  readonly now: () => EpochMs;
}

/** Runs one command over a connection; never rejects. On failure the connection is destroyed, what came is kept. */
export async function exec(
  connection: Connection,
  request: ExecRequest,
  limits: ExecLimits,
  clock: HostClock,
): Promise<ExecOutcome> {
  return new Promise((resolve) => {
    const output = collectOutput(limits.maxOutputBytes, request.onOutput);
    let sentMs = limits.now();
    let firstByteMs: EpochMs | null = null;
    let receivedMs = sentMs;
    let hasExited = false;
    let end: CommandEnd | null = null;
    let silence: SilenceClock | null = null;
    let lost: HostFailureError | null = null;
    let over = false;

    const finish = (seen: HostFailureError | null): void => {
      if (over) return;
      over = true;
      // A lost connection also closes the channel: that is its effect, not the reason.
      const failure = seen === null ? null : (lost ?? seen);
      silence?.stop();
      clock.signal.removeEventListener("abort", onClock);
      if (failure === null) connection.end();
      else connection.destroy();
      const { stdout, stderr } = output.take();
      const { code, signal } = end ?? { code: null, signal: null };
      resolve({ answer: { stdout, stderr, code, signal, sentMs, firstByteMs, receivedMs }, failure });
    };
    const onClock = (): void => finish(hasExited ? null : clock.signal.reason);
    const onData = (stream: "stdout" | "stderr", chunk: Buffer): void => {
      if (over) return;
      receivedMs = limits.now();
      silence?.heard(chunk.length);
      if (stream === "stdout") firstByteMs ??= receivedMs;
      if (!output.add(stream, chunk)) {
        finish(new HostFailureError("output-limit", `more than ${limits.maxOutputBytes} bytes of output`));
      }
    };
    clock.signal.addEventListener("abort", onClock);
    connection.watch((failure) => {
      lost = failure;
      // The last bytes may still be on their way from ssh2's stream to us when the connection goes.
      setImmediate(() => finish(hasExited ? null : failure));
    });
    clock.enter("channel open");
    connection.start(request.command, request.stdin, {
      opened: () => {
        clock.enter("command");
        silence = startSilenceClock(clock, limits);
        if (request.stdin.length > 0) sentMs = limits.now();
      },
      data: onData,
      exited: (told) => {
        hasExited = true;
        end = told;
        silence?.stop();
        silence = null;
      },
      closed: (told) => {
        end = told;
        const none = "the host closed the command and told no exit status";
        finish(end === null ? new HostFailureError("command-failed", none) : null);
      },
      failed: finish,
    });
    if (clock.signal.aborted) onClock();
  });
}
