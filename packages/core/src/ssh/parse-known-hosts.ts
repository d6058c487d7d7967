/** One key line of a known_hosts file (sshd(8), SSH_KNOWN_HOSTS FILE FORMAT). */
export interface KnownHostsLine {
  /** `path:line`, for the user. */
  readonly place: string;
  readonly marker: "@revoked" | "@cert-authority" | null;
  /** Comma list of names and patterns, or one `|1|salt|hash`. */
  readonly names: string;
  /** `ssh-ed25519`, `ssh-rsa`, … */
  readonly keyType: string;
  /** The key blob in base64, as a key of maps. */
  readonly key: string;
}

/** Reads known_hosts text; comments, SSH-1 keys and broken lines are left out, as ssh does. */
export function parseKnownHosts(text: string, file: string): readonly KnownHostsLine[] {
  return text.split("\n").flatMap((line, at) => {
    const fields = line.trim().split(/[ \t]+/);
    const marker = fields[0]?.startsWith("@") === true ? fields.shift() : null;
    const [names, keyType, blob] = fields;
    if (names === undefined || keyType === undefined || blob === undefined) return [];
    if (names.startsWith("#") || /^\d+$/.test(keyType)) return [];
    if (marker !== null && marker !== "@revoked" && marker !== "@cert-authority") return [];
    const key = Buffer.from(blob, "base64").toString("base64");
    return [{ place: `${file}:${at + 1}`, marker, names, keyType, key }];
  });
}
