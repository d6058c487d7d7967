import ssh2 from "ssh2";
import type { ConnectConfig, NextAuthHandler } from "ssh2";
import { classifyFailure, closedDuring } from "./classify-failure.ts";
import type { Connection } from "./connection.ts";
import type { HostClock } from "./host-clock.ts";
import { HostFailureError } from "./host-failure-error.ts";
import type { HostKeyCheck } from "./host-key-check.ts";
import { hostKeyUnknown } from "./host-key-check.ts";
import type { LoginMethods } from "./login-methods.ts";
import type { ResolvedTarget } from "./resolved-target.ts";
import { startCommand } from "./start-command.ts";
import type { Way } from "./way.ts";
import { onIdentified } from "./on-identified.ts";

/** A connection of ssh2's: it also carries others, where its host is a jump host. */
export interface Ssh2Connection extends Connection {
  readonly client: ssh2.Client;
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

/** Runs key exchange and login over an open or opening stream; the clock bounds them. Rejects with a HostFailureError. */
export async function connect(
  way: Way,
  target: ResolvedTarget,
  hostKey: HostKeyCheck,
  methods: LoginMethods,
  clock: HostClock,
): Promise<Ssh2Connection> {
  const { stream, explain } = way;
  const client = new ssh2.Client();
  return new Promise((resolve, reject) => {
    let over = false;
    let failure: HostFailureError | null = null;
    let onFailure = (seen: HostFailureError): void => void explain(seen).then(reject, reject);
    const fail = (error: unknown): void => {
      if (over) return;
      over = true;
      failure = refine(classifyFailure(error, clock.phase(), target.hostname), target, hostKey);
      clock.signal.removeEventListener("abort", giveUp);
      stream.destroy();
      onFailure(failure);
    };
    const giveUp = (): void => fail(clock.signal.reason);
    const connection: Ssh2Connection = {
      client,
      start: (command, stdin, listener) => startCommand(client, command, stdin, listener),
      explain,
      watch: (told) => {
        onFailure = told;
        if (failure !== null) told(failure);
      },
      end: () => {
        over = true;
        client.end();
        setTimeout(() => stream.destroy(), lingerMs).unref();
      },
      // `end()` would leave the socket open for as long as the host likes.
      destroy: () => {
        over = true;
        stream.destroy();
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
    client.once("connect", () => clock.enter("banner exchange"));
    onIdentified(stream, () => clock.enter("key exchange"));
    // Once: ssh2 says it again for every new exchange of keys in a long command.
    client.once("handshake", () => clock.enter("login"));
    client.on("ready", () => {
      clock.signal.removeEventListener("abort", giveUp);
      resolve(connection);
    });

    const config: ConnectConfig = {
      ...keepAlive,
      sock: stream,
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
      authHandler: (offered: readonly string[] | null, _partial: boolean, next: NextAuthHandler) => {
        const method = methods.next(offered);
        if (method === null) fail(permissionDenied(methods.offered()));
        else next(method);
      },
    };
    try {
      client.connect(config);
    } catch (error) {
      fail(error instanceof Error ? new HostFailureError("local-error", error.message) : error);
    }
    if (clock.signal.aborted) giveUp();
  });
}

/** In ssh's words: what the host would still have accepted. */
function permissionDenied(offered: readonly string[]): HostFailureError {
  return new HostFailureError(
    "auth",
    `Permission denied${offered.length > 0 ? ` (${offered.join(",")})` : ""}.`,
  );
}

/** We asked only for the key types that are known: a host that has none of them is one whose key is not known. */
function refine(failure: HostFailureError, target: ResolvedTarget, hostKey: HostKeyCheck): HostFailureError {
  if (failure.failure.reason !== "no matching host key format" || hostKey.knownTypes.length === 0)
    return failure;
  const what = `the host has no key of a type that is known for it (${hostKey.knownTypes.join(", ")}); its other key`;
  return hostKeyUnknown(target, what);
}
