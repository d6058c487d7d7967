import { isIP } from "node:net";
import type { HostTarget } from "../../model/host.ts";
import { bareTarget } from "../../model/host.ts";
import { checkHostName } from "../check-host-name.ts";
import { quoted } from "../host-list-error.ts";
import { checkedJump } from "../inventory/jump-of-args.ts";
import { splitShellWords } from "../inventory/split-shell-words.ts";
import { wildcard } from "../nodes/wildcard.ts";
import { isLogin, parsePort } from "../parse-host-word.ts";
import type { HostListFormat, ListText } from "./host-list-format.ts";
import { lineMatching } from "./line-matching.ts";

/** `Host web1 web2`; a list of hosts writes no capital alone before its names. */
const hostLine = /^\s*Host(?:\s|=)/u;
const lowerHostLine = /^\s*host\s/iu;
const otherLine = /^\s*(?:hostname|user|port|proxyjump|identityfile|proxycommand)(?:\s|=)/iu;

/**
 * ssh_config(5): every name of a `Host` line that is no pattern is a host. For each option the first value counts.
 * ssh itself reads its own configuration when it connects; user, port and jump are also taken from here.
 */
export const sshConfig: HostListFormat = {
  name: "ssh-config",
  detect: (list) =>
    lineMatching(list, hostLine) ??
    (lineMatching(list, otherLine) === null ? null : lineMatching(list, lowerHostLine)),
  rivals: () => [],
  parse: (list) => {
    const { blocks, notes } = blocksOf(list);
    const findBlocks = blockFinder(blocks);
    const mentions = new Map<string, HostTarget>();
    for (const { patterns, place } of blocks)
      for (const name of patterns) {
        if (isPattern(name) || mentions.has(name)) continue;
        const found = list.attempt(place, () => {
          checkHostName(name, place);
          return [targetOf(name, place, findBlocks(name))];
        });
        for (const target of found) mentions.set(name, target);
      }
    return { mentions: [...mentions.values()], groups: [], notes };
  },
};

/** One `Host` block; what stands before the first is a block for all hosts. */
interface HostBlock {
  readonly patterns: readonly string[];
  readonly place: string;
  readonly options: Map<string, { readonly value: string; readonly place: string }>;
}

function blocksOf({ lines, place }: ListText): { blocks: HostBlock[]; notes: string[] } {
  const blocks: HostBlock[] = [{ patterns: ["*"], place, options: new Map() }];
  const notes: string[] = [];
  for (const [index, line] of lines.entries()) {
    const origin = `${place}:${index + 1}`;
    const [, key = "", rest = ""] = /^\s*([A-Za-z]+)(?:\s*=\s*|\s+)(\S.*)$/su.exec(line) ?? [];
    const keyword = key.toLowerCase();
    if (keyword === "host")
      blocks.push({ patterns: splitShellWords(rest, origin), place: origin, options: new Map() });
    else if (keyword === "match") {
      notes.push(`${origin}: a Match block is left to ssh`);
      blocks.push({ patterns: [], place: origin, options: new Map() });
    } else if (keyword === "include") {
      notes.push(`${origin}: hosts of ${quoted(rest.trim())} are not read; name that file with another -f`);
    } else if (["hostname", "user", "port", "proxyjump"].includes(keyword)) {
      const [value] = splitShellWords(rest, origin);
      const options = blocks.at(-1)?.options;
      if (value !== undefined && options?.has(keyword) === false)
        options.set(keyword, { value, place: origin });
    }
  }
  return { blocks, notes };
}

function targetOf(name: string, place: string, applying: readonly HostBlock[]): HostTarget {
  const find = (keyword: string): { value: string; place: string } | null =>
    applying.find(({ options }) => options.has(keyword))?.options.get(keyword) ?? null;
  const [hostname, user, port, jump] = [find("hostname"), find("user"), find("port"), find("proxyjump")];
  const address = hostname?.value.replaceAll("%h", () => name) ?? (isIP(name) === 0 ? null : name);
  if (hostname !== null && address !== null) checkHostName(address, hostname.place);
  return {
    ...bareTarget(name, place),
    address,
    // A name with blanks or tokens in it is for ssh to judge.
    user: user === null || !isLogin(user.value) ? null : user.value,
    port: port === null ? null : parsePort(port.value, name, port.place),
    // ssh's own -J goes before its configuration, "none" included.
    jump: jump === null || /%|^none$/iu.test(jump.value) ? null : checkedJump(jump.value, jump.place),
  };
}

/** The blocks that apply to a name, in their order. Most blocks name hosts without a pattern: those are looked up. */
function blockFinder(blocks: readonly HostBlock[]): (name: string) => readonly HostBlock[] {
  const byName = new Map<string, Set<HostBlock>>();
  const patterned: HostBlock[] = [];
  const order = new Map(blocks.map((block, index) => [block, index]));
  for (const block of blocks) {
    if (block.patterns.some(isPattern)) patterned.push(block);
    else
      for (const name of block.patterns)
        byName.set(name.toLowerCase(), (byName.get(name.toLowerCase()) ?? new Set()).add(block));
  }
  const rank = (block: HostBlock): number => order.get(block) ?? 0;
  return (name) =>
    [
      ...patterned.filter(({ patterns }) => appliesTo(name, patterns)),
      ...(byName.get(name.toLowerCase()) ?? []),
    ].toSorted((a, b) => rank(a) - rank(b));
}

function isPattern(text: string): boolean {
  return /^!|[*?]/u.test(text);
}

function appliesTo(name: string, patterns: readonly string[]): boolean {
  const matches = (pattern: string): boolean => wildcard(pattern)(name);
  return (
    !patterns.some((pattern) => pattern.startsWith("!") && matches(pattern.slice(1))) &&
    patterns.some((pattern) => !pattern.startsWith("!") && matches(pattern))
  );
}
