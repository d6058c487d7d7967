import type { Ssh2Connection } from "./connect.ts";
import { expandTokens } from "./expand-tokens.ts";
import { forward } from "./forward.ts";
import type { HostClock } from "./host-clock.ts";
import { HostFailureError } from "./host-failure-error.ts";
import type { Jumps } from "./jumps.ts";
import { addressBehindJump } from "./jumps.ts";
import type { LookUp } from "./lookups.ts";
import { formatAddress, openSocket } from "./open-socket.ts";
import { startProxyCommand } from "./proxy-command.ts";
import type { ResolvedTarget } from "./resolved-target.ts";
import type { Route } from "./way.ts";

/**
 * How a host is reached: over its jump hosts, by its ProxyCommand, or directly. A host that has one of the first two is
 * never reached without it: another machine may answer to its name here.
 */
export async function findRoute(
  target: ResolvedTarget,
  { jumps, lookUp }: { readonly jumps: Jumps<Ssh2Connection>; readonly lookUp: LookUp },
  clock: HostClock,
  connectMs: number,
  onAddress: (address: string) => void,
): Promise<Route> {
  if (target.proxyJump !== null) {
    clock.allow(null);
    const { connection, key, explain } = await jumps.reach(target, clock);
    const address = addressBehindJump(target);
    if (address !== null) onAddress(address);
    return {
      sshd: `${target.hostname} ${target.port} via ${key}`,
      leftMs: connectMs,
      open: async () => {
        try {
          return { stream: await forward(connection, target, clock), explain };
        } catch (error) {
          throw error instanceof HostFailureError ? await explain(error) : error;
        }
      },
    };
  }
  return target.proxyCommand === null
    ? directRoute(target, lookUp, clock, connectMs, onAddress)
    : commandRoute(target, target.proxyCommand, connectMs);
}

async function directRoute(
  target: ResolvedTarget,
  lookUp: LookUp,
  clock: HostClock,
  connectMs: number,
  onAddress: (address: string) => void,
): Promise<Route> {
  const { addresses, leftMs } = await lookUp(target, clock, connectMs);
  const [{ address: first }] = addresses;
  onAddress(formatAddress(first, target.port));
  return {
    sshd: `${first} ${target.port}`,
    leftMs,
    open: async () => {
      const stream = openSocket(addresses, target.port, leftMs);
      stream.once("connect", () => onAddress(formatAddress(stream.remoteAddress ?? first, target.port)));
      return { stream, explain: async (failure) => failure };
    },
  };
}

function commandRoute(target: ResolvedTarget, proxyCommand: string, connectMs: number): Route {
  if (target.proxyUseFdpass)
    throw new HostFailureError(
      "jump-failed",
      "ProxyUseFdpass yes: a ProxyCommand that passes a socket is not supported",
    );
  if (proxyCommand === "-")
    throw new HostFailureError("jump-failed", "ProxyCommand -: standard input is not a connection here");
  const command = expandTokens(proxyCommand, "ProxyCommand", target);
  return {
    // Most such commands are an ssh of their own: they meet at one bastion, whatever host is behind it.
    sshd: `by ${proxyCommand}`,
    leftMs: connectMs,
    open: async () => startProxyCommand(command),
  };
}
