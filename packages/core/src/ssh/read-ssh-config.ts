import { readdir, readFile } from "node:fs/promises";
import { basename, dirname, isAbsolute, join } from "node:path";
import { toHostPattern } from "./host-pattern.ts";

/** Settings of one host by their keyword in lower case; of most keywords the first value counts (ssh_config(5)). */
export type SshSettings = ReadonlyMap<string, readonly string[]>;

/** Reads what configuration files say of one host. */
export type ReadSettings = (name: string) => Promise<SshSettings>;

interface Line {
  readonly keyword: string;
  /** The value as it is written, and cut into words at blanks outside of quotes. */
  readonly value: string;
  readonly words: readonly string[];
  readonly place: string;
}

/** Includes within includes, as deep as ssh follows them (readconf.c, READCONF_MAX_DEPTH). */
const mostDepth = 16;

/**
 * Reads ssh_config files without ssh: Host, Include and plain settings. Of a Match only `all` is understood; the
 * lines of any other are left out, and `notice` is told.
 */
export function openSshConfig(
  files: readonly string[],
  home: string,
  notice: (text: string) => void,
): ReadSettings {
  const known = new Map<string, Promise<readonly Line[]>>();
  const linesOf = (path: string): Promise<readonly Line[]> => {
    const lines = known.get(path) ?? readLines(path);
    known.set(path, lines);
    return lines;
  };
  return async (name) => {
    const settings = new Map<string, string[]>();
    const read = async (path: string, depth: number): Promise<void> => {
      let isMeant = true;
      for (const { keyword, value, words, place } of await linesOf(path)) {
        if (keyword === "host") isMeant = toHostPattern(words.join(","))(name.toLowerCase());
        else if (keyword === "match") {
          isMeant = words.length === 1 && words[0]?.toLowerCase() === "all";
          if (!isMeant) notice(`${place}: Match needs ssh itself, its lines are left out`);
        } else if (isMeant && keyword === "include") {
          if (depth === mostDepth) continue;
          for (const word of words)
            for (const file of await filesOf(word, home, path)) await read(file, depth + 1);
        } else if (isMeant) {
          const values = settings.get(keyword) ?? [];
          values.push(keyword === "proxycommand" ? value : words.join(" "));
          settings.set(keyword, values);
        }
      }
    };
    for (const path of files) await read(path, 0);
    // Of the two the one that comes first counts.
    const proxy = [...settings.keys()].find((keyword) => /^proxy(?:jump|command)$/.test(keyword));
    settings.delete(proxy === "proxyjump" ? "proxycommand" : "proxyjump");
    return settings;
  };
}

async function readLines(path: string): Promise<readonly Line[]> {
  const text = await readFile(path, "utf8").catch(() => "");
  return text.split("\n").flatMap((line, at) => {
    const [, keyword, value = ""] = /^\s*([A-Za-z]+)(?:\s*=\s*|\s+)(.*)$/.exec(line.trimEnd()) ?? [];
    if (keyword === undefined) return [];
    return [{ keyword: keyword.toLowerCase(), value, words: wordsOf(value), place: `${path}:${at + 1}` }];
  });
}

/** Words and "words in quotes"; a `#` in front of a word begins a comment. */
function wordsOf(value: string): readonly string[] {
  const words = [...value.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare = ""]) => quoted ?? bare);
  const comment = words.findIndex((word) => word.startsWith("#"));
  return comment === -1 ? words : words.slice(0, comment);
}

/** The files that an Include means, wildcards in its last part only; from ~/.ssh, or from /etc/ssh for the system's. */
async function filesOf(word: string, home: string, from: string): Promise<readonly string[]> {
  const path = word.startsWith("~/") ? join(home, word.slice(2)) : word;
  const base = from.startsWith("/etc/ssh/") ? "/etc/ssh" : join(home, ".ssh");
  const whole = isAbsolute(path) ? path : join(base, path);
  if (!/[*?]/.test(basename(whole))) return [whole];
  const names = await readdir(dirname(whole)).catch(() => []);
  const isMeant = toHostPattern(basename(whole).replaceAll(",", "?"));
  return names
    .filter((name) => !name.startsWith(".") && isMeant(name.toLowerCase()))
    .toSorted()
    .map((name) => join(dirname(whole), name));
}
