import type { HostTarget } from "@inquest/core";

/** One selected host as `expand -o json` has it; `-f` reads it back. */
export interface ExpandedHost {
  readonly host: string;
  readonly address: string | null;
  readonly user: string | null;
  readonly port: number | null;
  readonly jump: string | null;
  readonly identity_file: string | null;
  readonly groups: readonly string[];
  readonly origin: string;
}

/** A host in the fields of the contract. */
export function expandJson(target: HostTarget): ExpandedHost {
  const { host, address, user, port, jump, identityFile, groups, origin } = target;
  return { host, address, user, port, jump, identity_file: identityFile, groups, origin };
}
