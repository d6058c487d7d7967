import { spawn } from "node:child_process";
import type { ChildProcessByStdio } from "node:child_process";
import { kill } from "node:process";
import { Duplex } from "node:stream";
import type { Readable, Writable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { HostFailureError } from "./host-failure-error.ts";
import type { Way } from "./way.ts";

/** ssh runs it in the user's own shell, in whose place it steps (sshproxy: `exec`; sshconnect.c, ssh_proxy_connect). */
const inUsersShell = 'exec "${SHELL:-/bin/sh}" -c "exec $1"';
/** How long a command that has closed its output may take to end, ms. */
const lastWordsMs = 500;
/** How long a command may take to end after its SIGHUP, ms. */
const lingerMs = 1_000;
const mostComplaint = 4_096;

/** What a ProxyCommand says where the server behind it was full or gone: the class that is worth a second try. */
const transient = /kex_exchange_identification|Connection (?:reset by peer|closed by)/;

/**
 * Starts a ProxyCommand, all its tokens filled in; its input and output are the stream. It has a process group of its
 * own, which ends with the stream: a shell's children too. No terminal is left to it to ask for anything.
 */
export function startProxyCommand(command: string): Way {
  const child = spawn("sh", ["-c", inUsersShell, "sh", command], {
    stdio: ["pipe", "pipe", "pipe"],
    detached: true,
  });
  let complaint = "";
  let brokeByItself = false;
  let startError: Error | null = null;
  const ended = new Promise<void>((resolve) => {
    child.once("close", () => resolve());
    child.once("error", (error) => {
      startError = error;
      resolve();
    });
  });
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    complaint = (complaint + chunk).slice(0, mostComplaint);
  });
  const stream = Duplex.from({ readable: child.stdout, writable: child.stdin });
  child.stdout.once("end", () => {
    brokeByItself ||= !stream.destroyed;
  });
  // Our own end of the stream is an ABORT_ERR.
  child.stdin.on("error", (error) => {
    brokeByItself ||= "code" in error && error.code === "EPIPE";
  });
  stream.once("close", () => end(child));

  return {
    stream,
    explain: async (failure) => {
      if (brokeByItself) await Promise.race([ended, sleep(lastWordsMs, null, { ref: false })]);
      if (startError !== null)
        return new HostFailureError("local-error", `ProxyCommand: ${startError.message}`);
      const words = firstLine(complaint);
      const { state, reason } = failure.failure;
      if (brokeByItself && (words !== null || isBadEnd(child.exitCode)))
        return new HostFailureError(
          "jump-failed",
          `ProxyCommand ended${statusWords(child)}${words === null ? "" : `: ${words}`}`,
          failure.passing && transient.test(complaint),
        );
      if (state !== "timeout-connect" || words === null) return failure;
      return new HostFailureError(state, `${reason}; ProxyCommand said: ${words}`, failure.passing);
    },
  };
}

type Child = ChildProcessByStdio<Writable, Readable, Readable>;

/** SIGHUP as ssh sends it (sshconnect.c, ssh_kill_proxy_command), to the whole group; what ignores it is killed. */
function end(child: Child): void {
  signalGroup(child, "SIGHUP");
  const timer = setTimeout(() => signalGroup(child, "SIGKILL"), lingerMs);
  child.once("close", () => clearTimeout(timer));
  child.stdout.destroy();
  child.stdin.destroy();
}

function signalGroup({ pid, exitCode, signalCode }: Child, signal: NodeJS.Signals): void {
  // Once it was waited for, its number may be another's.
  if (pid === undefined || exitCode !== null || signalCode !== null) return;
  try {
    kill(-pid, signal);
  } catch {
    // Gone in between.
  }
}

/** 0: the host closed and the command with it; that is the host's failure. */
function isBadEnd(exitCode: number | null): boolean {
  return exitCode !== null && exitCode !== 0;
}

function statusWords({ exitCode, signalCode }: Child): string {
  if (exitCode !== null) return ` with exit status ${exitCode}`;
  return signalCode === null ? "" : ` by ${signalCode}`;
}

/** ssh's warnings are not why it failed. */
function firstLine(complaint: string): string | null {
  const lines = complaint.split("\n").map((line) => line.trim());
  return lines.find((line) => line !== "" && !/^(?:Warning: |\*\* )/.test(line))?.slice(0, 200) ?? null;
}
