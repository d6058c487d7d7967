import { createPrivateKey } from "node:crypto";
import { readFile } from "node:fs/promises";
import ssh2 from "ssh2";
import type { ParsedKey } from "ssh2";

/** Asks a person for a passphrase; null: none is coming. `attempt` counts from 1. Answers are never logged. */
export type AskPassphrase = (file: string, attempt: number) => Promise<string | null>;

/**
 * A private key file: usable, locked (its public half may be known), the public half alone (ssh_config(5),
 * IdentityFile: the agent holds the other), or of no use to us and why.
 */
export type IdentityFile =
  | { readonly kind: "key"; readonly key: ParsedKey }
  | { readonly kind: "locked"; readonly publicBlob: Buffer | null; readonly pem: string }
  | { readonly kind: "public"; readonly publicBlob: Buffer; readonly reason: string }
  | { readonly kind: "absent"; readonly publicBlob: Buffer | null }
  | { readonly kind: "unusable"; readonly reason: string };

/** NumberOfPasswordPrompts of ssh: three tries. */
const attempts = 3;

/**
 * Reads and parses one private key. Done once a run: an encrypted key costs 300 ms of bcrypt, and ssh2 throws from
 * inside `connect` on a key it cannot read.
 */
export async function readIdentityFile(file: string): Promise<IdentityFile> {
  let pem: string;
  try {
    pem = await readFile(file, "latin1");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
    if (code === "ENOENT") return { kind: "absent", publicBlob: await readPublicHalf(file) };
    return { kind: "unusable", reason: `cannot be read (${code})` };
  }
  const half = publicHalfOf(pem);
  const reason = "is a public key, and no agent holds the private one";
  if (half !== null) return { kind: "public", publicBlob: half, reason };
  const key = parseOne(pem, null);
  if (!(key instanceof Error)) return { kind: "key", key };
  if (isLocked(key, pem)) return { kind: "locked", publicBlob: await readPublicBlob(file, pem), pem };
  return { kind: "unusable", reason: unusableReason(key, file) };
}

function unusableReason({ message }: Error, file: string): string {
  if (/key type: sk-/.test(message)) return "is a FIDO key: only OpenSSH's own client can log in with it";
  return `${message}; ssh-keygen -p -f ${file} writes it in OpenSSH's format`;
}

/** Opens a locked key by asking for its passphrase, three times at most. */
export async function unlock(file: string, pem: string, ask: AskPassphrase | null): Promise<IdentityFile> {
  if (ask === null)
    return { kind: "unusable", reason: "has a passphrase and nobody can be asked; ssh-add it first" };
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const passphrase = await ask(file, attempt);
    if (passphrase === null) return { kind: "unusable", reason: "has a passphrase and none was given" };
    const key = parseOne(pem, passphrase);
    if (!(key instanceof Error)) return { kind: "key", key };
  }
  return { kind: "unusable", reason: `incorrect passphrase, ${attempts} times` };
}

function parseOne(pem: string, passphrase: string | null): ParsedKey | Error {
  const text = fromPkcs8(pem, passphrase) ?? pem;
  let parsed: ParsedKey | ParsedKey[] | Error;
  try {
    parsed = ssh2.utils.parseKey(text, passphrase ?? undefined);
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
  const key = Array.isArray(parsed) ? parsed[0] : parsed;
  if (key === undefined) return new Error("holds no key");
  if (key instanceof Error) return key;
  return key.isPrivateKey() ? key : new Error("is a public key");
}

function isLocked(error: Error, pem: string): boolean {
  return (
    /^Encrypted .*no passphrase given/.test(error.message) ||
    pem.startsWith("-----BEGIN ENCRYPTED PRIVATE KEY-----")
  );
}

/** ssh2 does not know PKCS#8 (`BEGIN PRIVATE KEY`); RSA and ECDSA keys can be told in the older words it knows. */
function fromPkcs8(pem: string, passphrase: string | null): string | null {
  if (!/^-----BEGIN (?:ENCRYPTED )?PRIVATE KEY-----/.test(pem)) return null;
  try {
    const key = createPrivateKey(passphrase === null ? pem : { key: pem, passphrase });
    if (key.asymmetricKeyType === "rsa") return key.export({ type: "pkcs1", format: "pem" }).toString();
    if (key.asymmetricKeyType === "ec") return key.export({ type: "sec1", format: "pem" }).toString();
  } catch {
    return null;
  }
  return null;
}

/** Public half of a locked key: from the file beside it, else from the unencrypted part of OpenSSH's format. */
async function readPublicBlob(file: string, pem: string): Promise<Buffer | null> {
  return (await readPublicHalf(file)) ?? publicBlobOf(pem);
}

async function readPublicHalf(file: string): Promise<Buffer | null> {
  return publicHalfOf(await readFile(`${file}.pub`, "latin1").catch(() => ""));
}

/** One line of a public key file: `ssh-ed25519 AAAAC3… comment`. */
function publicHalfOf(text: string): Buffer | null {
  const blob = /^\s*(?:ssh|ecdsa|sk)-[\w.@-]+\s+([\w+/=]+)/u.exec(text)?.[1];
  return blob === undefined ? null : Buffer.from(blob, "base64");
}

/** PROTOCOL.key: magic, cipher, kdf name, kdf options, number of keys, public key, … */
function publicBlobOf(pem: string): Buffer | null {
  const body = /-----BEGIN OPENSSH PRIVATE KEY-----([^-]+)-----END/.exec(pem)?.[1];
  if (body === undefined) return null;
  const data = Buffer.from(body, "base64");
  try {
    let at = "openssh-key-v1\0".length;
    for (let skipped = 0; skipped < 3; skipped += 1) at += 4 + data.readUInt32BE(at);
    at += 4;
    const length = data.readUInt32BE(at);
    return length > 0 && at + 4 + length <= data.length ? data.subarray(at + 4, at + 4 + length) : null;
  } catch {
    return null;
  }
}
