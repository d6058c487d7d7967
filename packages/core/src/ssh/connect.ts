import type { Socket } from "node:net";
import ssh2 from "ssh2";
import type { AnyAuthMethod, ConnectConfig } from "ssh2";
import { classifyFailure, closedDuring } from "./classify-failure.ts";
import type { HostClock } from "./host-clock.ts";
import { HostFailureError } from "./host-failure-error.ts";
import type { HostKeyCheck } from "./host-key-check.ts";
import { unknownReason } from "./host-key-check.ts";
import type { LoginMethods } from "./login-methods.ts";
import type { ResolvedTarget } from "./resolved-target.ts";

/** A connection that is logged in. */
export interface Connection {
  readonly client: ssh2.Client;
  /** Whom to tell when the connection fails from now on; the first failure only. */
  onFailure: (failure: HostFailureError) => void;
  /** Ends it politely; the socket is gone a second later in any case. */
  readonly end: () => void;
  /** Ends it at once: `end()` leaves the socket open for as long as the host likes. */
  readonly destroy: () => void;
}

/** ssh2's safe defaults, the cheapest first. No SHA-1 and no group below 2048 bit. */
const kex = [
  "curve25519-sha256",
  "curve25519-sha256@libssh.org",
  "ecdh-sha2-nistp256",
  "ecdh-sha2-nistp384",
  "ecdh-sha2-nistp521",
  "diffie-hellman-group-exchange-sha256",
  "diffie-hellman-group14-sha256",
  "diffie-hellman-group16-sha512",
  "diffie-hellman-group18-sha512",
] as const;
const cipher = [
  "aes128-gcm@openssh.com",
  "aes256-gcm@openssh.com",
  "aes128-ctr",
  "aes192-ctr",
  "aes256-ctr",
  "chacha20-poly1305@openssh.com",
] as const;

/** A dead peer is found after 15 s (ssh_config(5), ServerAliveInterval); a live one that is silent is not. */
const keepAlive = { keepaliveInterval: 5_000, keepaliveCountMax: 3 } as const;
/** How long a socket may take to close politely. */
const lingerMs = 1_000;

/** Runs key exchange and login over an open or opening socket; the clock bounds them. Rejects with a HostFailureError. */
export async function connect(
  socket: Socket,
  target: ResolvedTarget,
  hostKey: HostKeyCheck,
  methods: LoginMethods,
  clock: HostClock,
): Promise<Connection> {
  const client = new ssh2.Client();
  return new Promise((resolve, reject) => {
    let failed = false;
    const fail = (error: unknown): void => {
      if (failed) return;
      failed = true;
      const failure = refine(
        classifyFailure(error, clock.phase(), target.hostname),
        target,
        hostKey,
        methods,
      );
      clock.signal.removeEventListener("abort", giveUp);
      socket.destroy();
      connection.onFailure(failure);
    };
    const giveUp = (): void => fail(clock.signal.reason);
    const connection: Connection = {
      client,
      onFailure: reject,
      end: () => {
        failed = true;
        client.end();
        setTimeout(() => socket.destroy(), lingerMs).unref();
      },
      destroy: () => {
        failed = true;
        socket.destroy();
      },
    };

    clock.signal.addEventListener("abort", giveUp);
    // For ever: ssh2 goes on emitting errors after the first, and one without a listener ends the process.
    client.on("error", (error) => {
      // An agent that cannot sign with one key is no failure yet: ssh2 goes on to the next.
      if (!("level" in error && error.level === "agent")) fail(error);
    });
    // A host that closes (FIN) in key exchange or login causes no error at all.
    client.on("close", () => fail(closedDuring(clock.phase())));
    client.on("end", () => fail(closedDuring(clock.phase())));
    client.on("connect", () => clock.enter("key exchange"));
    client.on("handshake", () => clock.enter("login"));
    client.on("ready", () => {
      clock.signal.removeEventListener("abort", giveUp);
      resolve(connection);
    });

    const config: ConnectConfig = {
      ...keepAlive,
      sock: socket,
      username: target.user,
      // The clock ends everything; this only must not be 0, which ssh2 takes as "for ever".
      readyTimeout: 3_600_000,
      algorithms: { kex: [...kex], cipher: [...cipher], serverHostKey: [...hostKey.algorithms] },
      // Without a verifier ssh2 accepts every key. It swallows what a verifier throws: ours only rejects.
      hostVerifier: (key: Buffer, verify: (accepted: boolean) => void) => {
        hostKey.accept(key).then(
          () => verify(true),
          (error: unknown) => {
            fail(error);
            verify(false);
          },
        );
      },
      // ssh2 takes false as "no more"; its types do not know that.
      authHandler: ((offered: readonly string[] | null) => methods.next(offered) ?? false) as unknown as (
        offered: unknown,
        partial: boolean,
        next: (method: AnyAuthMethod) => void,
      ) => void,
    };
    try {
      client.connect(config);
    } catch (error) {
      fail(error instanceof Error ? new HostFailureError("local-error", error.message) : error);
    }
  });
}

/** Puts in ssh's words what only this connection knows: what the host offered. */
function refine(
  failure: HostFailureError,
  target: ResolvedTarget,
  hostKey: HostKeyCheck,
  methods: LoginMethods,
): HostFailureError {
  const { reason } = failure.failure;
  const offered = methods.offered();
  if (reason === "Permission denied." && offered.length > 0) {
    return new HostFailureError("auth", `Permission denied (${offered.join(",")}).`);
  }
  if (reason === "no matching host key format" && hostKey.knownTypes.length > 0) {
    const what = `the host has no key of a type that is known for it (${hostKey.knownTypes.join(", ")}); its other key`;
    return new HostFailureError("hostkey-unknown", unknownReason(target, what));
  }
  return failure;
}
