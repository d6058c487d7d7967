import { spawn } from "node:child_process";
import { kill } from "node:process";
import type { Readable, Writable } from "node:stream";

/** A running ssh, in a process group of its own: what it starts ends with it, and Ctrl-C reaches only us. */
export interface SshProcess {
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** Its exit status once all its output is here; null: a signal ended it. Where there is no ssh: 127, as a shell says. */
  readonly ended: Promise<number | null>;
  /** Asks it to end, with all it started; what has not ended a second later is killed. */
  readonly stop: () => void;
}

/** How long a process may take to end after its SIGTERM, ms. */
const lingerMs = 1_000;

/**
 * ssh -N ends by itself only with its connection. Beside it a subshell waits for our end of the pipe: also when we are
 * killed no connection stays. It holds the process group, so that the number it sends the signal to is nobody else's.
 */
const guarded = `
exec 3<&0 </dev/null
(while read -r _; do :; done <&3; kill "$$") >/dev/null 2>&1 &
exec 3<&-
exec ssh "$@"`;

/** Starts ssh with these words, each an argument of its own; throws EMFILE. `guarded`: it reads nothing and ends when we do. */
export function startSsh(args: readonly string[], life: "guarded" | "own"): SshProcess {
  const [program, words] = life === "own" ? ["ssh", args] : ["sh", ["-c", guarded, "sh", ...args]];
  const child = spawn(program, words, { stdio: ["pipe", "pipe", "pipe"], detached: true });
  let isOver = false;
  const signalGroup = (signal: NodeJS.Signals): void => {
    if (child.pid === undefined || isOver) return;
    try {
      kill(-child.pid, signal);
    } catch {
      // Gone in between.
    }
  };
  const ended = new Promise<number | null>((resolve) => {
    const end = (code: number | null): void => {
      isOver = true;
      resolve(code);
    };
    child.once("close", end);
    // ENOENT: neither ssh nor a shell is here. EMFILE, EAGAIN: no place for one more process.
    child.once("error", () => end(127));
  });
  // Where no file is left for them Node makes no pipes, whatever its types say (lib/internal/child_process.js, spawn).
  const [firstPipe]: readonly unknown[] = child.stdio ?? [];
  if (firstPipe === undefined) throw Object.assign(new Error("Too many open files"), { code: "EMFILE" });
  child.once("exit", () => child.stdin.destroy());
  // A process that went away is seen by its end.
  child.stdin.on("error", () => {});
  return {
    stdin: child.stdin,
    stdout: child.stdout,
    stderr: child.stderr,
    ended,
    stop: () => {
      signalGroup("SIGTERM");
      const timer = setTimeout(() => signalGroup("SIGKILL"), lingerMs);
      void ended.then(() => clearTimeout(timer));
    },
  };
}
