import { createHash } from "node:crypto";
import type { ServerHostKeyAlgorithm } from "ssh2";
import { HostFailureError } from "./host-failure-error.ts";
import { keyTypeOf, toHostKeyName } from "./known-hosts.ts";
import type { KnownHostsFiles } from "./known-hosts-files.ts";
import type { ResolvedTarget } from "./resolved-target.ts";
import { quoteForSh, wordsForSsh } from "./words-for-ssh.ts";

/** `strict`: an unknown key fails; `accept-new`: it is written to known_hosts. A changed key fails in both. */
export type HostKeyPolicy = "strict" | "accept-new";

/** How one connection asks for a host key and judges it. */
export interface HostKeyCheck {
  /** Asked for in this order. Only known types where some are known: a key of another type is not "changed". */
  readonly algorithms: readonly ServerHostKeyAlgorithm[];
  /** Key types known for the host; empty when it is new. */
  readonly knownTypes: readonly string[];
  /** Returns when the key is accepted, rejects with a HostFailureError otherwise. */
  readonly accept: (key: Buffer) => Promise<void>;
}

// SHA-1 signatures (`ssh-rsa`) and DSA are never asked for: OpenSSH 8.8 and 7.0 stopped too.
const algorithmsOfType = new Map<string, readonly ServerHostKeyAlgorithm[]>([
  ["ssh-ed25519", ["ssh-ed25519"]],
  ["ecdsa-sha2-nistp256", ["ecdsa-sha2-nistp256"]],
  ["ecdsa-sha2-nistp384", ["ecdsa-sha2-nistp384"]],
  ["ecdsa-sha2-nistp521", ["ecdsa-sha2-nistp521"]],
  ["ssh-rsa", ["rsa-sha2-512", "rsa-sha2-256"]],
]);

/** The host has a key of a type that nobody knows, and is known by another type: ask it again, for these only. */
export class KnownByOtherTypes extends HostFailureError {
  readonly types: readonly string[];

  constructor(reason: string, types: readonly string[], fix: string) {
    super("hostkey-unknown", reason, false, fix);
    this.types = types;
  }
}

/** Prepares the check of one host's key; `types` are those to ask for where an earlier try has told them. */
export async function prepareHostKeyCheck(
  target: ResolvedTarget,
  files: KnownHostsFiles,
  policy: HostKeyPolicy,
  notice: (text: string) => void,
  types: readonly string[] | null = null,
): Promise<HostKeyCheck> {
  const knownHosts = await files.of(target);
  const name = toHostKeyName(target.hostname, target.port, target.hostKeyAlias);
  const knownTypes = (types ?? knownHosts.plainTypesOf(name)).filter((type) => algorithmsOfType.has(type));
  const accept = async (key: Buffer): Promise<void> => {
    const judged = knownHosts.judge(name, key);
    if (judged.verdict === "known") return;
    if (judged.verdict === "unknown" && judged.otherTypes.length === 0 && policy === "accept-new") {
      await files.remember(target, name, key).catch((error: unknown) => {
        notice(
          `${target.userKnownHostsFiles[0]}: cannot be written, new host keys are not kept: ${String(error)}`,
        );
      });
      return;
    }
    const what = `${nameOfKeyType(keyTypeOf(key))} key ${fingerprintOf(key)}`;
    if (judged.verdict === "unknown") {
      const usable = judged.otherTypes.filter((type) => algorithmsOfType.has(type));
      throw knownTypes.length === 0 && usable.length > 0
        ? new KnownByOtherTypes(unknownReason(target, what), usable, acceptCommand(target))
        : hostKeyUnknown(target, what);
    }
    if (judged.verdict === "revoked") throw hostKeyRevoked(what, judged.place);
    throw hostKeyChanged(target, what, judged.place);
  };
  const asked =
    knownTypes.length > 0
      ? [...algorithmsOfType.keys()].filter((type) => knownTypes.includes(type))
      : [...algorithmsOfType.keys()];
  return { knownTypes, algorithms: asked.flatMap((type) => algorithmsOfType.get(type) ?? []), accept };
}

/** The failure of a host whose key nobody has seen. */
export function hostKeyUnknown(target: ResolvedTarget, what: string): HostFailureError {
  return new HostFailureError("hostkey-unknown", unknownReason(target, what), false, acceptCommand(target));
}

/** The failure of a host whose key is another than the one at `place`, which is `file:line`. */
export function hostKeyChanged(target: ResolvedTarget, what: string, place: string): HostFailureError {
  const { name } = toHostKeyName(target.hostname, target.port, target.hostKeyAlias);
  const forget = forgetCommand(name, place);
  const reason = `${what} is not the one in ${place}; if the change is right: ${forget}`;
  return new HostFailureError("hostkey-changed", reason, false, forget);
}

/** The failure of a host whose key must not be trusted any more. */
export function hostKeyRevoked(what: string, place: string): HostFailureError {
  return new HostFailureError("hostkey-changed", `${what} is marked revoked in ${place}`);
}

/** Ends with the command that lets a person look at the key and accept it. */
function unknownReason(target: ResolvedTarget, what: string): string {
  return `${what} is not known; look at it and accept it once with: ${acceptCommand(target)}`;
}

function acceptCommand(target: ResolvedTarget): string {
  return `ssh ${wordsForSsh(target)} true`;
}

function forgetCommand(name: string, place: string): string {
  return `ssh-keygen -R '${name}' -f ${quoteForSh(place.replace(/:\d+$/, ""))}`;
}

/** As `ssh-keygen -l` prints it. */
function fingerprintOf(key: Buffer): string {
  return `SHA256:${createHash("sha256").update(key).digest("base64").replace(/=+$/, "")}`;
}

/** As ssh names the type of a key. */
export function nameOfKeyType(keyType: string): string {
  return keyType === "ssh-rsa"
    ? "RSA"
    : keyType === "ssh-ed25519"
      ? "ED25519"
      : keyType.startsWith("ecdsa")
        ? "ECDSA"
        : keyType;
}
