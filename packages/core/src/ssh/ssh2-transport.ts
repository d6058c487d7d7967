import { connectHost } from "./connect-host.ts";
import type { Shared } from "./connect-host.ts";
import type { FleetOptions } from "./fleet-options.ts";
import { openHandshakeGate } from "./handshake-gate.ts";
import { openJumps } from "./jumps.ts";
import { openKeys } from "./keys.ts";
import { openKnownHostsFiles } from "./known-hosts-files.ts";
import { openLookups } from "./lookups.ts";
import type { Resolver } from "./resolve.ts";
import type { Transport } from "./transport.ts";

/** The transport that is always here: ssh2, all connections in this process. */
export function openSsh2Transport(options: FleetOptions, resolver: Resolver): Transport {
  const shared: Shared = {
    knownHosts: openKnownHostsFiles(options.notice),
    keys: openKeys(options),
    gate: openHandshakeGate(),
    lookUp: openLookups(options.lookupsAtOnce),
    jumps: openJumps(resolver, (jump, clock) => connectHost(jump, options, shared, clock, () => {})),
  };
  return {
    connect: async (target, _listed, clock, onAddress) =>
      connectHost(target, options, shared, clock, onAddress),
    close: async () => shared.jumps.close(),
  };
}
