import { createHmac } from "node:crypto";
import { hasWildcards, toHostPattern } from "./host-pattern.ts";
import type { KnownHostsLine } from "./parse-known-hosts.ts";

/** What the known_hosts files say about one key that a host presented. `place` is `file:line`. */
export type HostKeyVerdict =
  | { readonly verdict: "known" }
  | { readonly verdict: "unknown"; readonly otherTypes: readonly string[] }
  | { readonly verdict: "changed"; readonly place: string }
  | { readonly verdict: "revoked"; readonly place: string };

/** An index over known_hosts lines; `add` takes what accept-new has written. */
export interface KnownHosts {
  /**
   * Key types that unhashed lines know for a name. Looking through the hashed ones takes an HMAC a line, tens of
   * milliseconds in a long file: only `judge` does it, and only for a key that is not known.
   */
  readonly plainTypesOf: (name: HostKeyName) => readonly string[];
  readonly judge: (name: HostKeyName, key: Buffer) => HostKeyVerdict;
  readonly add: (line: KnownHostsLine) => void;
}

/** The name under which a host's key is looked up, and the one that also counts when nothing is found. */
export interface HostKeyName {
  /** `host`, or `[host]:port` where the port is not 22; lower case. */
  readonly name: string;
  /** Without its port (sshconnect.c, "checking without port identifier"); null when that is the same. */
  readonly bare: string | null;
}

/** Name of a host in known_hosts (misc.c, put_host_port); an alias stands alone. */
export function toHostKeyName(hostname: string, port: number, alias: string | null): HostKeyName {
  if (alias !== null) return { name: alias.toLowerCase(), bare: null };
  const host = hostname.toLowerCase();
  return port === 22 ? { name: host, bare: null } : { name: `[${host}]:${port}`, bare: host };
}

/** Type of a raw host key: the first string of its blob (RFC 4253, 6.6). */
export function keyTypeOf(key: Buffer): string {
  const length = key.length >= 4 ? key.readUInt32BE(0) : 0;
  return key.toString("latin1", 4, Math.min(4 + length, key.length));
}

/** Indexes lines by plain name and, for the hashed ones, by key: a known key costs one HMAC, not one a line. */
export function openKnownHosts(lines: readonly KnownHostsLine[]): KnownHosts {
  const byName = new Map<string, KnownHostsLine[]>();
  const patterns: Entry[] = [];
  const hashed: Entry[] = [];
  const hashedByKey = new Map<string, Entry[]>();

  const add = (line: KnownHostsLine): void => {
    if (line.marker === "@cert-authority") return;
    if (line.names.startsWith("|")) {
      const entry = { line, matches: toHashMatch(line.names) };
      hashed.push(entry);
      push(hashedByKey, line.key, entry);
    } else if (hasWildcards(line.names)) {
      patterns.push({ line, matches: toHostPattern(line.names) });
    } else {
      for (const name of line.names.toLowerCase().split(",")) push(byName, name, line);
    }
  };
  for (const line of lines) add(line);

  const matching = (entries: readonly Entry[], name: string): readonly KnownHostsLine[] =>
    entries.filter(({ matches }) => matches(name)).map(({ line }) => line);
  const plainLines = (name: string): readonly KnownHostsLine[] => [
    ...(byName.get(name) ?? []),
    ...matching(patterns, name),
  ];
  const allLines = (name: string): readonly KnownHostsLine[] => [
    ...plainLines(name),
    ...matching(hashed, name),
  ];

  const judgeName = (name: string, key: string, keyType: string): HostKeyVerdict => {
    const sameKey = [...plainLines(name), ...matching(hashedByKey.get(key) ?? [], name)].filter(
      (line) => line.key === key,
    );
    const revoked = sameKey.find((line) => line.marker === "@revoked");
    if (revoked !== undefined) return { verdict: "revoked", place: revoked.place };
    if (sameKey.length > 0) return { verdict: "known" };
    const known = allLines(name).filter((line) => line.marker === null);
    const other = known.find((line) => line.keyType === keyType);
    if (other !== undefined) return { verdict: "changed", place: other.place };
    return { verdict: "unknown", otherTypes: typesOf(known) };
  };

  return {
    add,
    plainTypesOf: ({ name }) => typesOf(plainLines(name)),
    judge: ({ name, bare }, key) => {
      const blob = key.toString("base64");
      const verdict = judgeName(name, blob, keyTypeOf(key));
      if (verdict.verdict !== "unknown" || bare === null) return verdict;
      const withoutPort = judgeName(bare, blob, keyTypeOf(key));
      // Without its port the name can only help: another key there says nothing about this port.
      return withoutPort.verdict === "known" || withoutPort.verdict === "revoked" ? withoutPort : verdict;
    },
  };
}

interface Entry {
  readonly line: KnownHostsLine;
  readonly matches: (name: string) => boolean;
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const values = map.get(key);
  if (values === undefined) map.set(key, [value]);
  else values.push(value);
}

function typesOf(lines: readonly KnownHostsLine[]): readonly string[] {
  return [...new Set(lines.filter(({ marker }) => marker === null).map(({ keyType }) => keyType))];
}

/** `|1|salt|hash`: HMAC-SHA1 of the name under the salt (hostfile.c, host_hash). */
function toHashMatch(names: string): (name: string) => boolean {
  const [, magic, salt, hash] = names.split("|");
  if (magic !== "1" || salt === undefined || hash === undefined) return () => false;
  const key = Buffer.from(salt, "base64");
  return (name) => createHmac("sha1", key).update(name).digest("base64") === hash;
}
