import { setImmediate as nextTurn, setTimeout as sleep } from "node:timers/promises";
import { classifyFailure } from "../classify-failure.ts";
import type { Connection } from "../connection.ts";
import type { HostClock } from "../host-clock.ts";
import { HostFailureError } from "../host-failure-error.ts";
import { formatAddress } from "../open-socket.ts";
import type { ResolvedTarget } from "../resolved-target.ts";
import { classifyWords, explainTimeout } from "./classify-words.ts";
import type { SshFailure } from "./classify-words.ts";
import { readForwards } from "./read-forwards.ts";
import type { ForwardFailureOf } from "./read-forwards.ts";
import { readSshLog } from "./ssh-log.ts";
import { runSession } from "./run-session.ts";
import { startSsh } from "./start-ssh.ts";
import type { SshProcess } from "./start-ssh.ts";

/** A connection that the system's ssh holds open. */
export interface SshConnection extends Connection {
  /** Its control socket. */
  readonly socket: string;
  /** Why a host behind it was not reached; null: it was, or nobody said. */
  readonly forwardFailure: ForwardFailureOf;
  readonly ended: Promise<unknown>;
}

/** What surrounds one connection. */
interface Surroundings {
  readonly target: ResolvedTarget;
  readonly socket: string;
  readonly explain: Connection["explain"];
  readonly onAddress: (address: string) => void;
  readonly notice: (text: string) => void;
  /** Every process that is started is told of: the run ends only after it. */
  readonly onStart: (ended: Promise<unknown>) => void;
}

/** Starts ssh and waits until it is logged in and takes commands; the clock bounds it. Rejects with a HostFailureError. */
export async function connectSsh(
  args: readonly string[],
  { target, socket, explain, onAddress, notice, onStart }: Surroundings,
  clock: HostClock,
): Promise<SshConnection> {
  const ssh = startSsh(args, "guarded");
  onStart(ssh.ended);
  // Nothing comes on it; unread it would keep the process from being seen to end.
  ssh.stdout.resume();
  return new Promise((resolve, reject) => {
    let hasBegun = false;
    let isOver = false;
    let failure: HostFailureError | null = null;
    let onFailure = (seen: HostFailureError): void => void explain(seen).then(reject, reject);
    let session: Pick<SshProcess, "ended" | "stop"> | null = null;
    const lineListeners = new Set<(line: string) => void>();
    const forwards = readForwards(lineListeners);

    const fail = (seen: HostFailureError): void => {
      if (isOver) return;
      isOver = true;
      failure = seen;
      clock.signal.removeEventListener("abort", giveUp);
      ssh.stop();
      // A command that is being run ends with it, and may still have had its last words.
      if (session === null) onFailure(seen);
      else void session.ended.then(() => onFailure(seen));
    };
    const seen = (): SshFailure => {
      const phase = hasBegun ? clock.phase() : "start";
      return { phase, target, complaints: log.complaints(), facts: log.facts() };
    };
    const giveUp = (): void => fail(explainTimeout(clock.signal.reason, seen()));
    const stop = (): void => {
      isOver = true;
      ssh.stop();
    };
    const connection: SshConnection = {
      socket,
      explain,
      ended: ssh.ended,
      forwardFailure: forwards,
      start: (command, stdin, listener) => {
        try {
          session = runSession({ socket, name: target.name, command, stdin, stop }, listener, {
            lines: lineListeners,
            ended: ssh.ended,
            failure: () => failure,
          });
          onStart(session.ended);
        } catch (error) {
          listener.failed(classifyFailure(error, clock.phase(), target.hostname));
        }
      },
      watch: (told) => {
        onFailure = told;
        if (failure !== null) told(failure);
      },
      end: stop,
      destroy: () => {
        stop();
        session?.stop();
      },
    };
    const log = readSshLog(ssh.stderr, {
      phase: (next) => {
        hasBegun = true;
        clock.enter(next);
      },
      notice,
      address: (address, port) => onAddress(formatAddress(address, port)),
      ready: () => {
        clock.signal.removeEventListener("abort", giveUp);
        resolve(connection);
      },
      line: (line) => lineListeners.forEach((listener) => listener(line)),
    });
    clock.signal.addEventListener("abort", giveUp);
    const onEnd = (code: number | null): void => {
      fail(
        code === 127 && !hasBegun
          ? new HostFailureError("local-error", "ssh cannot be started")
          : classifyWords(seen()),
      );
    };
    void ssh.ended.then(onEnd);
    if (clock.signal.aborted) giveUp();
  });
}

/** How long what two processes say of one event may lie apart, ms. */
const lagMs = 100;

/** The failure of a host behind a jump host with the jump host's own reason, which comes by another pipe. */
export function explainByJump(
  jump: SshConnection,
  target: ResolvedTarget,
  explain: Connection["explain"],
): Connection["explain"] {
  return async (failure) => {
    if (failure.failure.state !== "unreachable") return failure;
    await sleep(lagMs);
    await nextTurn();
    return explain(jump.forwardFailure(target) ?? failure);
  };
}
