/** What OpenSSH would do for one host: the part of `ssh -G`'s answer that we act on. */
export interface ResolvedTarget {
  /** Name as the host list gives it, before ssh_config; reasons and hints use it. */
  readonly name: string;
  /** -F of the run, for commands that are hinted; null where the user's own configuration was asked. */
  readonly configFile: string | null;
  /** HostName: what is looked up. */
  readonly hostname: string;
  readonly port: number;
  readonly user: string;
  /** AddressFamily as getaddrinfo takes it: 4, 6, or 0 for any. */
  readonly family: 0 | 4 | 6;
  /** IdentityFile in order, `~` and tokens expanded; files that are not there are normal. */
  readonly identityFiles: readonly string[];
  /** IdentitiesOnly: agent keys that no IdentityFile names stay unused. */
  readonly identitiesOnly: boolean;
  /** IdentityAgent: path of a socket, `none`, or null where SSH_AUTH_SOCK decides. */
  readonly identityAgent: string | null;
  readonly userKnownHostsFiles: readonly string[];
  readonly globalKnownHostsFiles: readonly string[];
  /** HostKeyAlias: looked up in known_hosts instead of name and port. */
  readonly hostKeyAlias: string | null;
  readonly hashKnownHosts: boolean;
  /** ProxyJump and ProxyCommand, tokens not expanded; null where the host is reached directly. */
  readonly proxyJump: string | null;
  readonly proxyCommand: string | null;
  /** ProxyUseFdpass: the command hands over a socket in place of its own input and output. */
  readonly proxyUseFdpass: boolean;
}

/** The account we run as: what `~`, `%d` and `%u` stand for. */
export interface Account {
  readonly user: string;
  /** Home folder, absolute. */
  readonly home: string;
}
