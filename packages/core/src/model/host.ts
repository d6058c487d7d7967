/** One selected host as its list names it. What ssh makes of it (address, keys) is a ResolvedTarget of core/ssh. */
export interface HostTarget {
  /** The name under which everything about this host is kept. */
  readonly host: string;
  /** The name given to ssh; differs from `host` only where one name is listed with several ports or users. */
  readonly name: string;
  /** Login name written in the list, or null: ssh_config decides. */
  readonly user: string | null;
  /** Port written in the list, or null: ssh_config decides. */
  readonly port: number | null;
  /** Groups the host belongs to, sorted. */
  readonly groups: readonly string[];
  /** Where it was named: `hosts.txt:14`, `-w`. */
  readonly origin: string;
}
