import { foldHosts } from "@inquest/core";
import type { HostTarget } from "@inquest/core";

/** Selected hosts as words that every list takes, `admin@web1:2222`: one a line. */
export function formatExpandLines(targets: readonly HostTarget[]): string {
  return targets.map((target) => `${hostWord(target)}\n`).join("");
}

/** The same words folded into one line, `web[01-12],db1`, as `nodeset -f` does. */
export function formatExpandFolded(targets: readonly HostTarget[]): string {
  return `${foldHosts(targets.map(hostWord))}\n`;
}

/** User, name and port as they go to ssh. */
function hostWord({ name, user, port }: HostTarget): string {
  const login = user === null ? "" : `${user}@`;
  if (port === null) return login + name;
  return `${login}${name.includes(":") ? `[${name}]` : name}:${port}`;
}
