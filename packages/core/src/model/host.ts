/** One selected host as its list names it. What ssh makes of it (address, keys) is a ResolvedTarget of core/ssh. */
export interface HostTarget {
  /** The name under which everything about this host is kept. */
  readonly host: string;
  /**
   * The name given to ssh. Differs from `host` where one name is listed with several ports or users, and where an
   * inventory gives an address beside the name (ansible_host).
   */
  readonly name: string;
  /** Address that the list gives for the host, or null: ssh_config and the resolver know it. */
  readonly address: string | null;
  /** Login name written in the list, or null: ssh_config decides. */
  readonly user: string | null;
  /** Port written in the list, or null: ssh_config decides. */
  readonly port: number | null;
  /** Jump hosts written in the list, as ssh -J takes them, or null: ssh_config decides. */
  readonly jump: string | null;
  /** Private key file written in the list, or null: ssh_config decides. */
  readonly identityFile: string | null;
  /** Groups the host belongs to, sorted. */
  readonly groups: readonly string[];
  /** Where it was named: `hosts.txt:14`, `-w`. */
  readonly origin: string;
}

/** A host of which a list tells nothing but the name. */
export function bareTarget(name: string, origin: string): HostTarget {
  return {
    host: name,
    name,
    address: null,
    user: null,
    port: null,
    jump: null,
    identityFile: null,
    groups: [],
    origin,
  };
}
