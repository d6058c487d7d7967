/** Lines of several files by path below the root, as `grep` prints them: `proc/stat:btime 1795401233`. */
export type ProcFiles = ReadonlyMap<string, readonly string[]>;

/** The `proc` section by file. A file that was not readable, or held none of the lines asked for, is absent. */
export function parseProcFiles(text: string): ProcFiles {
  const files = new Map<string, string[]>();
  for (const line of text.split("\n")) {
    const colon = line.indexOf(":");
    if (colon === -1) continue;
    const path = line.slice(0, colon);
    const lines = files.get(path);
    if (lines === undefined) files.set(path, [line.slice(colon + 1)]);
    else lines.push(line.slice(colon + 1));
  }
  return files;
}

/** First group of the first line that matches, as a number; null when there is none or it is not exact. */
export function numberIn(lines: readonly string[] | undefined, pattern: RegExp): number | null {
  for (const line of lines ?? []) {
    const found = pattern.exec(line)?.[1];
    if (found !== undefined) return Number.isSafeInteger(Number(found)) ? Number(found) : null;
  }
  return null;
}
