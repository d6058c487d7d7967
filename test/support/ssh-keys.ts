import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

interface KeyPair {
  /** OpenSSH private key file. */
  readonly private: string;
  /** One line: type, blob, comment. */
  readonly public: string;
}

// ssh2 belongs to the packages; the root that the tests run from does not depend on it.
const load: (name: "ssh2") => typeof import("../../packages/core/node_modules/@types/ssh2/index.js") =
  createRequire(fileURLToPath(new URL("../../packages/core/package.json", import.meta.url)));
export type { Algorithms, AuthContext, Session } from "../../packages/core/node_modules/@types/ssh2/index.js";
/** ssh2 itself: its Server is the peer that a real sshd cannot be made into. */
export const ssh2: ReturnType<typeof load> = load("ssh2");

/** Makes a key pair without ssh-keygen. With a passphrase the private key is encrypted as ssh-keygen does it. */
export function makeKeyPair(
  type: "ed25519" | "ecdsa" | "rsa" = "ed25519",
  options: { readonly comment?: string; readonly passphrase?: string } = {},
): KeyPair {
  const comment = options.comment ?? "test";
  const { passphrase } = options;
  const locked = passphrase === undefined ? {} : ({ passphrase, cipher: "aes256-ctr", rounds: 4 } as const);
  if (type === "rsa") return ssh2.utils.generateKeyPairSync("rsa", { comment, bits: 2048, ...locked });
  if (type === "ecdsa") return ssh2.utils.generateKeyPairSync("ecdsa", { comment, bits: 256, ...locked });
  for (;;) {
    const pair = ssh2.utils.generateKeyPairSync("ed25519", { comment, ...locked });
    // One key in 256 begins with a zero byte, and ssh2 1.17 loses it (mscdex/ssh2#1390): that one nobody can read.
    if (Buffer.from(pair.public.split(" ")[1] ?? "", "base64").length === ed25519BlobLength) return pair;
  }
}

/** RFC 8709, 4: string "ssh-ed25519", string of 32 bytes. */
const ed25519BlobLength = 4 + 11 + 4 + 32;
