import type { Duplex } from "node:stream";
import type { ClientChannel } from "ssh2";
import type { FailedState } from "../model/host-result.ts";
import type { Ssh2Connection } from "./connect.ts";
import type { HostClock } from "./host-clock.ts";
import { HostFailureError } from "./host-failure-error.ts";
import type { ResolvedTarget } from "./resolved-target.ts";

/** SSH_OPEN_CONNECT_FAILED (RFC 4254, 5.1): the jump host did try, and it is the target's failure. */
const connectFailed = 2;

/** What sshd says of a connect(2) or getaddrinfo(3) that failed on it (channels.c, channel_post_connecting). */
const statesOfWords: readonly (readonly [RegExp, FailedState])[] = [
  [/refused/i, "refused"],
  [/timed out/i, "timeout-connect"],
  [/name or service not known|name resolution|no address|not known|nodename/i, "dns"],
];

/** Opens a TCP connection to the target on the jump host (`direct-tcpip`, as ssh -W does). */
export async function forward(
  jump: Ssh2Connection,
  target: ResolvedTarget,
  clock: HostClock,
): Promise<Duplex> {
  const { hostname, port } = target;
  return new Promise((resolve, reject) => {
    const giveUp = (): void => reject(clock.signal.reason);
    if (clock.signal.aborted) return giveUp();
    clock.signal.addEventListener("abort", giveUp, { once: true });
    const done = (error: Error | undefined, channel: ClientChannel | undefined): void => {
      clock.signal.removeEventListener("abort", giveUp);
      if (error !== undefined || channel === undefined) reject(refusedForward(error, target));
      // It opened after we had given up: nobody else would ever close it.
      else if (clock.signal.aborted) channel.destroy();
      else resolve(channel);
    };
    try {
      jump.client.forwardOut("127.0.0.1", 0, hostname, port, done);
    } catch (error) {
      done(error instanceof Error ? error : new Error(String(error)), undefined);
    }
  });
}

function refusedForward(error: Error | undefined, target: ResolvedTarget): HostFailureError {
  const words = (error?.message ?? "no channel").replace(/^\(SSH\) Channel open failure: /, "").slice(0, 200);
  const reason = error !== undefined && "reason" in error ? error.reason : null;
  return forwardFailure(target, words, reason === connectFailed);
}

/** A target that its jump host did not reach, or (`tried` false) does not forward to. */
export function forwardFailure(
  { hostname }: ResolvedTarget,
  words: string,
  tried: boolean,
): HostFailureError {
  if (!tried)
    return new HostFailureError("jump-failed", `the jump host does not forward to ${hostname}: ${words}`);
  const state = statesOfWords.find(([pattern]) => pattern.test(words))?.[1] ?? "unreachable";
  return new HostFailureError(state, `${words || "connect failed"} (seen from the jump host)`);
}
