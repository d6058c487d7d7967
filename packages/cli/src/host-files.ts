import { mkdir, open, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { LocalError, UsageError } from "@inquest/core";
import type { HostTarget } from "@inquest/core";

/** Ends the name of a file that does not hold all its host said: no host's name has a plus. */
const partial = "+partial";

/** What a host's name may be made of; addresses and `user@name:port` included, a folder never. */
const plainName = /^[A-Za-z0-9_[:][A-Za-z0-9_.:@%[\]-]*$/;

/** A folder with one file a host. Its functions throw LocalError. */
export interface HostFiles {
  /** Writes HOST, or HOST+partial where that is not all the host said. */
  readonly save: (host: string, bytes: Uint8Array, isWhole: boolean) => Promise<void>;
  readonly remove: (host: string, wasWhole: boolean) => Promise<void>;
}

/** What the command line said of the folder: the flag that named it, and with which rights its files are made. */
export interface HostFileWishes {
  readonly flag: string;
  readonly mode: number;
  /** What to do about a host whose name cannot be a file's. */
  readonly nameHint: string;
}

/** Makes the folder where it is missing, and sees that it can be written. Throws LocalError, and UsageError for a name. */
export async function openHostFiles(
  directory: string,
  targets: readonly HostTarget[],
  { flag, mode, nameHint }: HostFileWishes,
): Promise<HostFiles> {
  for (const { host, origin } of targets) {
    if (plainName.test(host)) continue;
    throw new UsageError("bad-file-name", `${origin}: host "${host}" cannot be the name of a file`, {
      hint: nameHint,
    });
  }
  const pathOf = (host: string, isWhole: boolean): string => {
    if (!plainName.test(host)) throw new Error(`"${host}" is no name that was checked`);
    return join(directory, isWhole ? host : host + partial);
  };
  const refusedAt = (path: string) => refuse(path, flag);
  await mkdir(directory, { recursive: true }).catch(refusedAt(directory));
  const tried = join(directory, `.${crypto.randomUUID()}.tmp`);
  await (await open(tried, "wx", mode).catch(refusedAt(directory))).close();
  await rm(tried, { force: true });
  return {
    save: async (host, bytes, isWhole) => {
      const path = pathOf(host, isWhole);
      await place(directory, path, bytes, { mode, refused: refusedAt(path) });
    },
    remove: async (host, wasWhole) => {
      const path = pathOf(host, wasWhole);
      await rm(path, { force: true }).catch(refusedAt(path));
    },
  };
}

/** Writes beside and renames: no reader sees half a file, and a link that somebody laid there is not followed. */
async function place(
  directory: string,
  path: string,
  bytes: Uint8Array,
  { mode, refused }: { readonly mode: number; readonly refused: (error: unknown) => never },
): Promise<void> {
  const beside = join(directory, `.${crypto.randomUUID()}.tmp`);
  try {
    const file = await open(beside, "wx", mode).catch(refused);
    try {
      await file.writeFile(bytes).catch(refused);
    } finally {
      await file.close();
    }
    await rename(beside, path).catch(refused);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}

function refuse(path: string, flag: string): (error: unknown) => never {
  return (error) => {
    const why = error instanceof Error ? error.message.replace(/,.*/s, "") : String(error);
    throw new LocalError("file-not-written", `${path}: cannot be written (${why})`, {
      hint: `name another folder with ${flag}`,
      cause: error,
    });
  };
}
