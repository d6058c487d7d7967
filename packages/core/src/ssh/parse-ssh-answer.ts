import type { Account, ResolvedTarget } from "./resolved-target.ts";

/**
 * Reads what `ssh -G` prints: one `keyword value` a line, keywords in lower case (ssh.c, dump_client_config).
 * `localName` is this machine's name (`%l`). Returns null when the answer lacks what it always has.
 */
export function parseSshAnswer(
  text: string,
  name: string,
  account: Account,
  localName: string,
): ResolvedTarget | null {
  const values = new Map<string, string[]>();
  for (const line of text.split("\n")) {
    const [, keyword, value] = /^(\S+) (.*)$/.exec(line) ?? [];
    if (keyword === undefined || value === undefined) continue;
    const known = values.get(keyword);
    if (known === undefined) values.set(keyword, [value]);
    else known.push(value);
  }
  const first = (keyword: string): string | null => values.get(keyword)?.[0] ?? null;
  const hostname = first("hostname");
  const user = first("user");
  const port = Number(first("port"));
  if (hostname === null || user === null || !Number.isInteger(port) || port < 1) return null;

  const tokens: Readonly<Record<string, string>> = {
    "%": "%",
    d: account.home,
    h: hostname,
    k: first("hostkeyalias") ?? hostname,
    L: localName.replace(/\..*$/, ""),
    l: localName,
    n: name,
    p: String(port),
    r: user,
    u: account.user,
  };
  const expand = (path: string): string =>
    path
      .replace(/^~(?=\/)/, account.home)
      .replaceAll(/%([%dhkLlnpru])/g, (all, token: string) => tokens[token] ?? all);
  const agent = first("identityagent");
  return {
    name,
    hostname: hostname.toLowerCase(),
    port,
    user,
    family: familyOf(first("addressfamily")),
    identityFiles: (values.get("identityfile") ?? []).filter(isSet).map(expand),
    identitiesOnly: first("identitiesonly") === "yes",
    identityAgent: agent === null || agent === "none" ? agent : expand(agent),
    userKnownHostsFiles: toPaths(first("userknownhostsfile")).map(expand),
    globalKnownHostsFiles: toPaths(first("globalknownhostsfile")).map(expand),
    configFile: null,
    hostKeyAlias: first("hostkeyalias"),
    hashKnownHosts: first("hashknownhosts") === "yes",
    proxyJump: settingOf(first("proxyjump")),
    proxyCommand: settingOf(first("proxycommand")),
    proxyUseFdpass: first("proxyusefdpass") === "yes",
  };
}

const isSet = (value: string): boolean => value !== "none" && value !== "";

const settingOf = (value: string | null): string | null => (value !== null && isSet(value) ? value : null);

function familyOf(value: string | null): 0 | 4 | 6 {
  return value === "inet" ? 4 : value === "inet6" ? 6 : 0;
}

/** ssh prints the paths without quotes: a blank ends one only where the next begins. */
function toPaths(value: string | null): readonly string[] {
  return value === null ? [] : value.split(/ (?=[/~])/).filter(isSet);
}
