import type { CommandListener } from "../connection.ts";
import { HostFailureError } from "../host-failure-error.ts";
import { commandArguments } from "./ssh-arguments.ts";
import { startSsh } from "./start-ssh.ts";
import type { SshProcess } from "./start-ssh.ts";

/** One command, and the connection it goes over. */
interface SessionPlan {
  readonly socket: string;
  readonly name: string;
  readonly command: string;
  readonly stdin: Buffer;
  /** Ends the connection. */
  readonly stop: () => void;
}

/** The process that holds the connection. */
interface Holder {
  /** Who is told what it says. */
  readonly lines: Set<(line: string) => void>;
  readonly ended: Promise<unknown>;
  /** Why it ended; null: we ended it, or it has not. */
  readonly failure: () => HostFailureError | null;
}

/** How long a host that has told its exit status may stay silent before that is the end: a child may hold the pipe. */
const graceMs = 1_000;
/** How long what two processes say of one event may lie apart, ms. */
const lagMs = 200;

/** Whether the host takes the command (RFC 4254, 5.4): 99 SSH_MSG_CHANNEL_SUCCESS, 100 SSH_MSG_CHANNEL_FAILURE. */
const requestAnswer = /^debug2: channel_input_status_confirm: type (99|100) /;

/**
 * Runs one command as a second ssh that uses the open connection. That one ends with 255 for a command that did, for
 * one that a signal ended and for a lost connection: which of them it was the connection's own ssh has said.
 */
export function runSession(
  { socket, name, command, stdin, stop }: SessionPlan,
  listener: CommandListener,
  holder: Holder,
): Pick<SshProcess, "ended" | "stop"> {
  const session = startSsh(commandArguments(socket, name, command), "own");
  const told = Promise.withResolvers<void>();
  let isOpen = false;
  let end: "status" | "signal" | null = null;
  let refusal: string | null = null;
  let grace: NodeJS.Timeout | undefined;
  let afterGrace: NodeJS.Immediate | undefined;

  const open = (): void => {
    if (isOpen) return;
    isOpen = true;
    listener.opened();
    session.stdin.end(stdin);
  };
  const stopGrace = (): void => {
    clearTimeout(grace);
    clearImmediate(afterGrace);
  };
  const startGrace = (): void => {
    stopGrace();
    // ssh keeps the status it was told, and says it once the connection is gone.
    grace = setTimeout(() => {
      afterGrace = setImmediate(stop);
    }, graceMs);
  };
  const onLine = (line: string): void => {
    const request = requestAnswer.exec(line)?.[1];
    if (request === "99") open();
    const by = /^debug1: client_input_channel_req: channel \d+ rtype exit-(status|signal) /.exec(line)?.[1];
    if (by !== undefined && end === null) {
      end = by === "status" ? "status" : "signal";
      listener.exited(null);
      startGrace();
      told.resolve();
    }
    const words = /^channel \d+: open failed: (?:connect failed: )?(.*)$/.exec(line)?.[1];
    refusal ??= words ?? (request === "100" ? "exec request failed" : null);
    if (refusal === null) return;
    told.resolve();
    // A host that refused may never close.
    stop();
  };
  const onData = (stream: "stdout" | "stderr", chunk: Buffer): void => {
    open();
    listener.data(stream, chunk);
    if (end !== null) startGrace();
  };

  holder.lines.add(onLine);
  void holder.ended.then(() => told.resolve());
  session.stdout.on("data", (chunk: Buffer) => onData("stdout", chunk));
  session.stderr.on("data", (chunk: Buffer) => onData("stderr", chunk));
  void session.ended.then(async (code) => {
    stopGrace();
    // After the timer whatever lies in the pipes is read: this process may have been busy for as long.
    const lag = setTimeout(() => setImmediate(told.resolve), lagMs);
    await told.promise;
    clearTimeout(lag);
    holder.lines.delete(onLine);
    if (end === "status") return listener.closed({ code, signal: null });
    if (end === "signal") return listener.closed({ code: null, signal: null });
    if (refusal !== null)
      return listener.failed(
        new HostFailureError("command-failed", `the host does not run the command: ${refusal.slice(0, 200)}`),
      );
    if (code === 127 && !isOpen)
      return listener.failed(new HostFailureError("local-error", "ssh cannot be started"));
    const lost = holder.failure();
    return lost === null ? listener.closed(null) : listener.failed(lost);
  });
  return session;
}
