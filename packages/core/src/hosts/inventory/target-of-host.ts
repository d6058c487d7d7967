import { isIP } from "node:net";
import type { HostTarget } from "../../model/host.ts";
import { checkHostName } from "../check-host-name.ts";
import { hostListError, quoted } from "../host-list-error.ts";
import { isLogin, parsePort } from "../parse-host-word.ts";
import { connectionVars } from "./connection-vars.ts";
import type { InventoryHost, InventoryVar, InventoryVars } from "./inventory.ts";
import { jumpOfArgs } from "./jump-of-args.ts";

/**
 * A host of an inventory with everything it inherits, or null where ansible would not use ssh for it (a note says so).
 * `note` takes each sentence for the reader of the list.
 */
export function targetOfHost(
  host: InventoryHost,
  vars: InventoryVars,
  groups: readonly string[],
  note: (sentence: string) => void,
): HostTarget | null {
  const said: Partial<Record<(typeof connectionVars)[string], InventoryVar>> = {};
  let jump: string | null = null;
  for (const [name, meaning] of Object.entries(connectionVars)) {
    const variable = vars.get(name);
    if (variable === undefined) continue;
    const value = evaluate(name, variable, host.name);
    said[meaning] = { ...variable, value };
    if (meaning !== "args") continue;
    const args = jumpOfArgs(value, variable.place);
    // One command line of ssh has them in this order, and ssh keeps the first (ssh_config(5)).
    jump ??= args.jump;
    for (const unread of args.unread)
      note(`${variable.place}: ${name} ${quoted(unread)} is not read; put it in ssh_config`);
  }
  const connection = said.connection?.value ?? "ssh";
  if (!/^(?:ssh|smart|paramiko|paramiko_ssh|(?:ansible\.builtin\.)ssh)$/u.test(connection)) {
    note(`${host.origin}: host ${quoted(host.name)} is left out, its connection is ${quoted(connection)}`);
    return null;
  }
  const { address, port, user, key } = said;
  if (address !== undefined) checkHostName(address.value, address.place);
  if (user !== undefined && !isLogin(user.value)) {
    const problem = `user ${quoted(user.value)} of host ${quoted(host.name)} is not a login name`;
    throw hostListError(user.place, problem, "write ansible_user=admin");
  }
  return {
    host: host.name,
    name: address?.value ?? host.name,
    address: address?.value ?? (isIP(host.name) === 0 ? null : host.name),
    user: user?.value ?? null,
    port: port === undefined ? null : parsePort(port.value, host.name, port.place),
    jump,
    identityFile: key?.value ?? null,
    groups,
    origin: host.origin,
  };
}

/** Of ansible's templates only the host's own name is known here. */
function evaluate(name: string, { value, place }: InventoryVar, host: string): string {
  const text = value.replaceAll(/\{\{\s{0,9}inventory_hostname\s{0,9}\}\}/gu, () => host);
  if (!text.includes("{{") && !text.includes("{%")) return text;
  throw hostListError(
    place,
    `${name} ${quoted(value)} is a template`,
    "write its value, or set it in ssh_config",
  );
}
