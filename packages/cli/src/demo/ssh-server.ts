import { timingSafeEqual } from "node:crypto";
import ssh2 from "ssh2";

/** What a command on a demo host does: prints, or never ends. */
export type DemoAnswer = { readonly stdout: Buffer; readonly stderr: Buffer } | "silence";

/** One SSH server of the demo, on a loopback address of its own. */
export interface DemoServer {
  readonly address: string;
  readonly port: number;
  /** As a known_hosts line: `[127.0.0.1]:40001 ssh-ed25519 AAAA…`. */
  readonly knownHostsLine: string;
  close(): Promise<void>;
}

/** A throw-away key pair, made for one run of the demo. */
export interface DemoKey {
  /** OpenSSH private key file. */
  readonly privateKey: string;
  /** `ssh-ed25519 AAAA… comment`. */
  readonly publicKey: string;
}

/** Makes a throw-away ed25519 key. */
export function makeDemoKey(comment: string): DemoKey {
  for (;;) {
    const { private: privateKey, public: publicKey } = ssh2.utils.generateKeyPairSync("ed25519", { comment });
    // ssh2 1.17 drops a leading zero byte of the key, once in 256 (mscdex/ssh2#1390): such a one cannot be read.
    if (Buffer.from(publicKey.split(" ")[1] ?? "", "base64").length === ed25519BlobBytes)
      return { privateKey, publicKey };
  }
}

/** Two length words, "ssh-ed25519" and 32 bytes of key (RFC 8709, 4). */
const ed25519BlobBytes = 51;

/**
 * Starts an SSH server that lets in whoever holds `clientKey` (nobody when it is null) and answers each command
 * with `answer(command)`. The same protocol code that a fleet's clients use, seen from the other side.
 */
export async function startDemoServer(
  clientKey: DemoKey | null,
  answer: (command: string) => DemoAnswer,
): Promise<DemoServer> {
  const hostKey = makeDemoKey("inquest demo host");
  const allowed = clientKey === null ? null : parsePublicKey(clientKey.publicKey);
  const connections = new Set<ssh2.Connection>();
  const server = new ssh2.Server({ hostKeys: [hostKey.privateKey], ident: "OpenSSH_demo" }, (connection) => {
    connections.add(connection);
    connection.on("close", () => connections.delete(connection));
    // A client that goes away in the middle is not the server's concern.
    connection.on("error", () => connections.delete(connection));
    connection.on("authentication", (login) => {
      const offered = login.method === "publickey" ? login : null;
      const isOurs =
        offered !== null && allowed !== null && isSameKey(offered.key.data, allowed.getPublicSSH());
      if (!isOurs) return login.reject(["publickey"]);
      if (offered.signature === undefined || offered.blob === undefined) return login.accept();
      // An Error where the signature cannot be read, whatever the types say.
      const verdict: unknown = allowed.verify(offered.blob, offered.signature, offered.hashAlgo);
      if (verdict === true) return login.accept();
      return login.reject(["publickey"]);
    });
    connection.on("session", (accept) => {
      accept().on("exec", (acceptExec, _reject, { command }) => serve(acceptExec(), answer(command)));
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  const bound = server.address();
  if (typeof bound !== "object" || bound === null) throw new Error("a demo server listens nowhere");
  const { address, port } = bound;
  return {
    address,
    port,
    knownHostsLine: `[${address}]:${port} ${hostKey.publicKey.split(" ").slice(0, 2).join(" ")}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const connection of connections) connection.end();
      }),
  };
}

function serve(channel: ssh2.ServerChannel, answer: DemoAnswer): void {
  // The probe arrives on stdin and is read to its end, as sh would.
  channel.resume();
  if (answer === "silence") return;
  channel.stderr.write(answer.stderr);
  channel.write(answer.stdout);
  // The exit status goes before the end of the data, as sshd sends it.
  channel.exit(0);
  channel.end();
}

function parsePublicKey(text: string): ssh2.ParsedKey {
  const key = ssh2.utils.parseKey(text);
  if (key instanceof Error) throw key;
  return key;
}

function isSameKey(one: Buffer, other: Buffer): boolean {
  return one.length === other.length && timingSafeEqual(one, other);
}
