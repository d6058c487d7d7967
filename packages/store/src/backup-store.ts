import { chmod, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { LocalError } from "@inquest/core";
import type { Sql } from "./sql.ts";

/** What process arguments of strangers hold is nobody else's to read, in a copy neither. */
const ownerOnlyFile = 0o600;

/** Copies the store under a temporary name beside the file and then renames it. Throws LocalError. */
export async function backupStore(sql: Sql, path: string): Promise<void> {
  const written = join(dirname(path), `.${basename(path)}.${crypto.randomUUID()}.tmp`);
  try {
    await sql.backup(written);
    await chmod(written, ownerOnlyFile);
    await rename(written, path);
  } catch (error) {
    await rm(written, { force: true });
    const why = error instanceof Error ? error.message : String(error);
    throw new LocalError("file-not-written", `${path}: the backup cannot be written (${why})`, {
      hint: "check the folder and the room on its disk",
      cause: error,
    });
  }
}
