import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

interface KeyPair {
  /** OpenSSH private key file. */
  readonly private: string;
  /** One line: type, blob, comment. */
  readonly public: string;
}

interface KeyGenerator {
  generateKeyPairSync(type: string, options?: object): KeyPair;
}

// ssh2 belongs to the packages; the root that the tests run from does not depend on it.
const load = createRequire(fileURLToPath(new URL("../../packages/core/package.json", import.meta.url)));
/** ssh2 itself: its Server is the peer that a real sshd cannot be made into. */
export const ssh2 = load("ssh2") as typeof import("../../packages/core/node_modules/@types/ssh2/index.js");
const { generateKeyPairSync } = ssh2.utils as unknown as KeyGenerator;

/** Makes a key pair without ssh-keygen. With a passphrase the private key is encrypted as ssh-keygen does it. */
export function makeKeyPair(
  type: "ed25519" | "ecdsa" | "rsa" = "ed25519",
  options: { readonly comment?: string; readonly passphrase?: string } = {},
): KeyPair {
  const bits = type === "rsa" ? { bits: 2048 } : type === "ecdsa" ? { bits: 256 } : {};
  const locked =
    options.passphrase === undefined
      ? {}
      : { passphrase: options.passphrase, cipher: "aes256-ctr", rounds: 4 };
  return generateKeyPairSync(type, { comment: options.comment ?? "test", ...bits, ...locked });
}
