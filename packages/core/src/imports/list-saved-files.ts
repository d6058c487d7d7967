import { readdir, stat } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { UsageError } from "../errors.ts";
import type { EpochMs } from "../model/units.ts";

/** A file to import. */
export interface SavedFile {
  /** As messages name it: the word of the command line, or a path below it; `-` is stdin. */
  readonly name: string;
  readonly path: string;
  /** Path below the directory that was named, or just its own name: a host may stand in it. */
  readonly below: string;
  /** When it was last written, collector clock; null for stdin. */
  readonly modifiedMs: EpochMs | null;
}

/** Finds the files that words name: files as they are, directories whole, in the order of their names. Throws UsageError. */
export async function listSavedFiles(
  words: readonly string[],
  toPath: (word: string) => string,
): Promise<readonly SavedFile[]> {
  const found: SavedFile[] = [];
  for (const word of words) {
    if (word === "-") {
      found.push({ name: "-", path: "-", below: "", modifiedMs: null });
      continue;
    }
    const path = toPath(word);
    const entry = await stat(path).catch((error: NodeJS.ErrnoException) => {
      throw new UsageError("unreadable-file", `${word}: cannot be read: ${error.code ?? error.message}`, {
        hint: "name a file, a directory, or - for stdin",
      });
    });
    if (entry.isDirectory()) {
      const below = await filesBelow(path);
      for (const file of below) found.push({ ...file, name: join(word, file.below) });
    } else {
      found.push({
        name: word,
        path,
        below: path.slice(path.lastIndexOf(sep) + 1),
        modifiedMs: entry.mtimeMs,
      });
    }
  }
  return found;
}

async function filesBelow(root: string): Promise<readonly SavedFile[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
  return Promise.all(
    paths.map(async (path) => {
      const below = relative(root, path);
      return { name: below, path, below, modifiedMs: (await stat(path)).mtimeMs };
    }),
  );
}
