import { readFile } from "node:fs/promises";

/** Tells of a host name whether no `Host` line of the configuration is about it in particular. */
export type IsPlainName = (name: string) => boolean;

const never: IsPlainName = () => false;

/**
 * Which names the configuration files treat all alike, or none where that cannot be told from their text: files with
 * `Match`, with canonical names, or with an `Include` that only some hosts reach. `debug` is what `ssh -v -G` said on
 * its way: it names every file that it read.
 */
export async function findPlainNames(debug: string): Promise<IsPlainName> {
  const paths = [...debug.matchAll(/^debug1: Reading configuration data (.+)$/gm)].map(([, path = ""]) =>
    path.trim(),
  );
  try {
    const texts = await Promise.all(paths.map((path) => readFile(path, "utf8")));
    const patterns = texts.map(patternsOf);
    return patterns.includes(null) ? never : notAmong(patterns.flatMap((some) => some ?? []));
  } catch {
    // A file that we may not read may say anything.
    return never;
  }
}

/** The patterns of all `Host` lines but `*`; null where a text says more than patterns can tell (ssh_config(5)). */
function patternsOf(text: string): readonly string[] | null {
  const patterns: string[] = [];
  let isForAll = true;
  for (const line of text.split("\n")) {
    const [, keyword = "", value = ""] = /^\s*([A-Za-z]+)(?:\s*=\s*|\s+)(.*)$/.exec(line) ?? [];
    switch (keyword.toLowerCase()) {
      case "match":
      case "canonicalizehostname":
        return null;
      case "include":
        if (!isForAll) return null;
        break;
      case "host": {
        const words = value.replaceAll('"', " ").trim().split(/\s+/);
        isForAll = words.length === 1 && words[0] === "*";
        if (!isForAll) patterns.push(...words);
        break;
      }
    }
  }
  return patterns;
}

/** True for names that no pattern could mean, negated or not, whatever their case. */
function notAmong(patterns: readonly string[]): IsPlainName {
  const literal = new Set<string>();
  const globs: RegExp[] = [];
  for (const pattern of patterns) {
    const bare = pattern.replace(/^!/, "").toLowerCase();
    if (!/[*?]/.test(bare)) literal.add(bare);
    else
      globs.push(
        new RegExp(
          `^${bare
            .replaceAll(/[^*?]/g, (char) => `\\u{${char.codePointAt(0)?.toString(16)}}`)
            .replaceAll("*", ".*")
            .replaceAll("?", ".")}$`,
          "su",
        ),
      );
  }
  return (name) => {
    const lower = name.toLowerCase();
    return !literal.has(lower) && !globs.some((glob) => glob.test(lower));
  };
}
