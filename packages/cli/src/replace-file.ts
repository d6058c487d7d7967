import { open, realpath, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { LocalError } from "@inquest/core";
import { writeTexts } from "./write-texts.ts";

/**
 * Writes a file under a temporary name beside it and then renames it: readers see the old file or the new one.
 * A symbolic link stays and its file is replaced; what is no regular file (`/dev/null`, a pipe) is written to as it
 * is. Throws LocalError, whose hint names the `flag` that named the file.
 */
export async function replaceFile(path: string, texts: AsyncIterable<string>, flag = "-O"): Promise<void> {
  const refused = refuse(path, flag);
  const found = await stat(path).catch(() => null);
  const direct = found !== null && !found.isFile();
  const target = found === null ? path : await realpath(path);
  const written = direct ? path : join(dirname(target), `.${basename(target)}.${crypto.randomUUID()}.tmp`);
  // Texts come from the store: its failures are told as its own, not as the file's.
  try {
    const file = await open(written, direct ? "w" : "wx", found === null ? 0o666 : found.mode & 0o777).catch(
      refused,
    );
    try {
      await writeTexts(async (text) => void (await file.write(text).catch(refused)), texts);
      if (!direct) await file.sync().catch(refused);
    } finally {
      await file.close();
    }
    if (!direct) await rename(written, target).catch(refused);
  } catch (error) {
    if (!direct) await rm(written, { force: true });
    throw error;
  }
}

function refuse(path: string, flag: string): (error: unknown) => never {
  return (error) => {
    const why = error instanceof Error ? error.message.replace(/,.*/s, "") : String(error);
    throw new LocalError("file-not-written", `${path}: the file cannot be written (${why})`, {
      hint: `name another file with ${flag}`,
      cause: error,
    });
  };
}
