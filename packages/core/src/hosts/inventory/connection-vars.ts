import type { InventoryVar } from "./inventory.ts";

/**
 * Variables of ansible's ssh connection that are read, by what they say (lib/ansible/plugins/connection/ssh.py; the
 * `_ssh_` forms are older). The order is ssh.py's: of two that say the same thing the later one holds, whatever group
 * or host sets the other (ansible/config/manager.py, _loop_entries). Passwords are not among them and are never kept.
 */
export const connectionVars: Readonly<
  Record<string, "address" | "port" | "user" | "key" | "args" | "connection">
> = {
  ansible_host: "address",
  ansible_ssh_host: "address",
  ansible_port: "port",
  ansible_ssh_port: "port",
  ansible_user: "user",
  ansible_ssh_user: "user",
  ansible_private_key_file: "key",
  ansible_ssh_private_key_file: "key",
  ansible_ssh_args: "args",
  ansible_ssh_common_args: "args",
  ansible_ssh_extra_args: "args",
  ansible_connection: "connection",
};

/** Keeps a variable if it is one of the connection; nothing is a value too, and then there is none. */
export function keepVar(
  vars: Map<string, InventoryVar>,
  name: string,
  value: string | null,
  place: string,
): void {
  if (Object.hasOwn(connectionVars, name) && value !== null) vars.set(name, { value, place });
}
