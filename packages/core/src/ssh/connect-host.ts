import { connect } from "./connect.ts";
import type { Ssh2Connection } from "./connect.ts";
import { findRoute } from "./find-route.ts";
import type { FleetOptions } from "./fleet-options.ts";
import type { HandshakeGate } from "./handshake-gate.ts";
import type { HostClock } from "./host-clock.ts";
import { orAborted } from "./host-clock.ts";
import { KnownByOtherTypes, prepareHostKeyCheck } from "./host-key-check.ts";
import type { Jumps } from "./jumps.ts";
import type { Keys } from "./keys.ts";
import type { KnownHostsFiles } from "./known-hosts-files.ts";
import type { LookUp } from "./lookups.ts";
import { openLoginMethods } from "./login-methods.ts";
import type { ResolvedTarget } from "./resolved-target.ts";
import { tryAgain } from "./try-again.ts";

/** What the hosts of one run share: every file is read, every question asked, every jump host connected to, once. */
export interface Shared {
  readonly knownHosts: KnownHostsFiles;
  readonly keys: Keys;
  readonly gate: HandshakeGate;
  readonly lookUp: LookUp;
  readonly jumps: Jumps<Ssh2Connection>;
}

/** Connects and logs in to a host or a jump host; a connection that was dropped before the login is tried again. */
export async function connectHost(
  target: ResolvedTarget,
  options: FleetOptions,
  shared: Shared,
  clock: HostClock,
  onAddress: (address: string) => void,
): Promise<Ssh2Connection> {
  const once = async (): Promise<Ssh2Connection> =>
    connectOnce(target, options, shared, clock, onAddress).catch((error: unknown) => {
      if (!(error instanceof KnownByOtherTypes)) throw error;
      return connectOnce(target, options, shared, clock, onAddress, error.types);
    });
  return tryAgain(once, target.hostname, options, clock);
}

async function connectOnce(
  target: ResolvedTarget,
  options: FleetOptions,
  shared: Shared,
  clock: HostClock,
  onAddress: (address: string) => void,
  keyTypes: readonly string[] | null = null,
): Promise<Ssh2Connection> {
  const { hostKey: policy, notice, connectMs } = options;
  const keys = await orAborted(shared.keys(target), clock.signal);
  const hostKey = await prepareHostKeyCheck(target, shared.knownHosts, policy, notice, keyTypes);
  const route = await findRoute(target, shared, clock, connectMs, onAddress);

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
