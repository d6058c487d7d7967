import { InquestError, LocalError } from "@inquest/core";

/** What SQLite's result codes (sqlite.org/rescode.html) mean to the reader, and the next step; prefixes match. */
const meanings: readonly (readonly [code: string, ours: string, problem: string, hint: string])[] = [
  [
    "SQLITE_FULL",
    "store-full",
    "cannot be written: the disk is full",
    "make room, then repeat; finished hosts are stored",
  ],
  [
    "SQLITE_READONLY",
    "store-not-writable",
    "is not writable",
    "check its owner and mode, or name another with --db",
  ],
  ["SQLITE_BUSY", "store-locked", "is locked by another process", "wait until the other command has ended"],
  ["SQLITE_LOCKED", "store-locked", "is locked by another process", "wait until the other command has ended"],
  [
    "SQLITE_CANTOPEN",
    "store-not-opened",
    "cannot be opened",
    "check that the folder exists and is yours to write",
  ],
  ["SQLITE_PERM", "store-not-opened", "cannot be opened", "check its owner and mode"],
  ["SQLITE_AUTH", "store-not-opened", "cannot be opened", "check its owner and mode"],
  ["SQLITE_NOTADB", "not-a-store", "is not an inquest store", "name the store with --db"],
  ["SQLITE_CORRUPT", "store-damaged", "is damaged", "restore a backup, or move it away and collect again"],
  ["SQLITE_IOERR", "store-io", "could not be read or written", "check the disk below it"],
];

/** A failure of the database as a LocalError that names the place; anything else comes back as it is. */
export function toStoreError(place: string, error: unknown): unknown {
  if (error instanceof InquestError || !(error instanceof Error)) return error;
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  const meaning = meanings.find(([prefix]) => code.startsWith(prefix));
  if (meaning === undefined) return error;
  const [, ours, problem, hint] = meaning;
  return new LocalError(ours, `${place}: the store ${problem} (${code}: ${error.message})`, {
    hint,
    cause: error,
  });
}

/** Runs work on the store; a failure of the database becomes a LocalError. */
export function onStore<T>(place: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw toStoreError(place, error);
  }
}

/** The same for what is read as it is consumed. */
export async function* readOnStore<T>(place: string, read: () => Iterable<T>): AsyncGenerator<T> {
  try {
    yield* read();
  } catch (error) {
    throw toStoreError(place, error);
  }
}
