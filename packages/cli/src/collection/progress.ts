import type { EpochMs, HostTarget, Millis } from "@inquest/core";
import { foldHosts, now } from "@inquest/core";
import type { Io } from "../io.ts";
import { sanitize } from "../render/sanitize.ts";

/** What a person at a terminal sees while hosts are in flight. */
export interface Progress {
  onStart(target: HostTarget): void;
  onEnd(target: HostTarget): void;
  /** A line that stays, above the moving one. */
  say(line: string): Promise<void>;
  /** Asks for a secret with the moving line out of the way; null where nobody can be asked. */
  ask(question: string): Promise<string | null>;
  stop(): void;
}

/** A spinner is no counter: five new texts a second are plenty. */
const textEveryMs: Millis = 200;
/** From here on the slowest hosts are named. */
const slowAfterMs: Millis = 5000;

/** Opens the progress line: an ora spinner on a terminal, nothing elsewhere. `quiet` turns it off. */
export async function openProgress(io: Io, selected: number, quiet: boolean): Promise<Progress> {
  const { terminal } = io.stderr;
  if (quiet || terminal === null) {
    return {
      onStart: () => {},
      onEnd: () => {},
      say: (line) => io.narrate(line),
      ask: (question) => io.promptSecret(question),
      stop: () => {},
    };
  }
  const { default: ora } = await import("ora");
  const started = new Map<HostTarget, EpochMs>();
  let done = 0;
  // discardStdin would put the terminal in raw mode, and Ctrl-C would do nothing.
  const spinner = ora({ stream: terminal, discardStdin: false, text: `0 of ${selected} hosts` }).start();
  const timer = setInterval(() => {
    spinner.text = progressText(done, selected, slowest(started), terminal.columns - 3);
  }, textEveryMs);
  const withoutSpinner = async <T>(act: () => Promise<T>): Promise<T> => {
    spinner.stop();
    try {
      return await act();
    } finally {
      spinner.start();
    }
  };
  return {
    onStart: (target) => started.set(target, now()),
    onEnd: (target) => {
      started.delete(target);
      done += 1;
    },
    say: (line) => withoutSpinner(() => io.narrate(line)),
    ask: (question) => withoutSpinner(() => io.promptSecret(question)),
    stop: () => {
      clearInterval(timer);
      spinner.stop();
    },
  };
}

function slowest(started: ReadonlyMap<HostTarget, EpochMs>): readonly string[] {
  const nowMs = now();
  // A Map keeps the order of insertion: the first hosts are the oldest.
  const slow: string[] = [];
  for (const [{ host }, startedMs] of started) {
    if (nowMs - startedMs < slowAfterMs || slow.length === 20) break;
    slow.push(host);
  }
  return slow;
}

/** `41 of 200 hosts, slowest: web[07-09]`, cut to the width of the terminal. */
function progressText(done: number, selected: number, slow: readonly string[], columns: number): string {
  const text = `${done} of ${selected} hosts${slow.length === 0 ? "" : `, slowest: ${sanitize(foldHosts(slow))}`}`;
  return text.length <= columns ? text : `${text.slice(0, Math.max(0, columns - 1))}…`;
}
