import { setTimeout as sleep } from "node:timers/promises";
import { classifyFailure } from "./classify-failure.ts";
import { connect } from "./connect.ts";
import type { Connection } from "./connect.ts";
import { findRoute } from "./find-route.ts";
import type { FleetOptions } from "./fleet-options.ts";
import type { HandshakeGate } from "./handshake-gate.ts";
import type { HostClock } from "./host-clock.ts";
import { orAborted } from "./host-clock.ts";
import { KnownByOtherTypes, prepareHostKeyCheck } from "./host-key-check.ts";
import type { Jumps } from "./jumps.ts";
import type { Keys } from "./keys.ts";
import type { KnownHostsFiles } from "./known-hosts-files.ts";
import { openLoginMethods } from "./login-methods.ts";
import type { Resolver } from "./resolve.ts";
import type { ResolvedTarget } from "./resolved-target.ts";

/** What the hosts of one run share: every file is read, every question asked, every jump host connected to, once. */
export interface Shared {
  readonly resolver: Resolver;
  readonly knownHosts: KnownHostsFiles;
  readonly keys: Keys;
  readonly gate: HandshakeGate;
  readonly jumps: Jumps;
}

/** Waiting before a second try, ms: between these two, so that a full sshd is not met by the same crowd again. */
const jitterMs = [200, 1_000] as const;

/** Connects and logs in to a host or a jump host; a connection that was dropped before the login is tried again. */
export async function connectHost(
  target: ResolvedTarget,
  options: FleetOptions,
  shared: Shared,
  clock: HostClock,
  onAddress: (address: string) => void,
): Promise<Connection> {
  for (let left = options.retries; ; left -= 1) {
    try {
      return await connectOnce(target, options, shared, clock, onAddress).catch((error: unknown) => {
        if (!(error instanceof KnownByOtherTypes)) throw error;
        return connectOnce(target, options, shared, clock, onAddress, error.types);
      });
    } catch (error) {
      const failure = classifyFailure(error, clock.phase(), target.hostname);
      if (!failure.passing || left <= 0 || clock.signal.aborted) throw failure;
      clock.allow(null);
      const [least, most] = jitterMs;
      await orAborted(sleep(least + options.random() * (most - least)), clock.signal);
    }
  }
}

async function connectOnce(
  target: ResolvedTarget,
  options: FleetOptions,
  shared: Shared,
  clock: HostClock,
  onAddress: (address: string) => void,
  keyTypes: readonly string[] | null = null,
): Promise<Connection> {
  const { hostKey: policy, notice, connectMs } = options;
  const keys = await orAborted(shared.keys(target), clock.signal);
  const hostKey = await prepareHostKeyCheck(target, shared.knownHosts, policy, notice, keyTypes);
  const route = await findRoute(target, shared.jumps, clock, connectMs, onAddress);

  clock.allow(null);
  const leaveGate = await shared.gate.enter(route.sshd, clock.signal);
  try {
    clock.enter("connect");
    clock.allow(route.leftMs, connectMs);
    const way = await route.open();
    const methods = openLoginMethods(target.user, keys, options.password);
    return await connect(way, target, hostKey, methods, clock);
  } finally {
    leaveGate();
  }
}
