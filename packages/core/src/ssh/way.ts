import type { Duplex } from "node:stream";
import type { HostFailureError } from "./host-failure-error.ts";

/** An open or opening stream to the sshd of one host. */
export interface Way {
  readonly stream: Duplex;
  /** The failure with the way's own reason where it was the way that broke, and not the host. */
  readonly explain: (failure: HostFailureError) => Promise<HostFailureError>;
}

/** A way that is found and not yet taken. */
export interface Route {
  /** Which sshd it leads to: one daemon's handshakes are counted under one word. */
  readonly sshd: string;
  /** What is left of the connect clock, ms. */
  readonly leftMs: number;
  readonly open: () => Promise<Way>;
}
