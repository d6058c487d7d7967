import { HostFailureError } from "./host-failure-error.ts";
import type { ResolvedTarget } from "./resolved-target.ts";
import { isUnsafeWord } from "./unsafe-word.ts";

/** Fills in `%h` and the like as ssh does for ProxyCommand and ProxyJump (sshconnect.c, expand_proxy_command). */
export function expandTokens(text: string, keyword: string, target: ResolvedTarget): string {
  const { hostname, name, port, user, hostKeyAlias } = target;
  const tokens: Readonly<Record<string, string>> = {
    "%": "%",
    h: hostname,
    k: hostKeyAlias ?? name,
    n: name,
    p: String(port),
    r: user,
  };
  return text.replaceAll(/%(.?)/gsu, (token, letter: string) => {
    const value = tokens[letter];
    if (value === undefined) throw new HostFailureError("jump-failed", `${keyword}: unknown key ${token}`);
    // What is put together here may go to a shell.
    if (isUnsafeWord(value))
      throw new HostFailureError("jump-failed", `${keyword}: ${token} contains invalid characters`);
    return value;
  });
}
