import { connect } from "node:net";
import type { LookupFunction, Socket } from "node:net";

/** An address as getaddrinfo gives it. */
export interface Address {
  readonly address: string;
  readonly family: number;
}

/** Starts a TCP connection to the first address that answers; the caller listens for `connect` and `error`. */
export function openSocket(
  addresses: readonly [Address, ...Address[]],
  port: number,
  connectMs: number,
): Socket {
  const known: LookupFunction = (_name, options, done) => {
    if (options.all === true) done(null, [...addresses]);
    else done(null, addresses[0].address, addresses[0].family);
  };
  return connect({
    host: addresses.length === 1 ? addresses[0].address : "several.invalid",
    port,
    lookup: known,
    noDelay: true,
    // Node gives an address 250 ms before it tries the next one, and never comes back: too short for a far host.
    autoSelectFamilyAttemptTimeout: Math.max(250, Math.floor(connectMs / (addresses.length + 1))),
  });
}

/** `address:port`, with brackets around an IPv6 address. */
export function formatAddress(address: string, port: number): string {
  return address.includes(":") ? `[${address}]:${port}` : `${address}:${port}`;
}
