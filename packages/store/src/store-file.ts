import { chmodSync, closeSync, mkdirSync, openSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { LocalError, UsageError } from "@inquest/core";

/** What process arguments of strangers hold is nobody else's to read. */
const ownerOnlyFolder = 0o700;
const ownerOnlyFile = 0o600;

/** Makes sure that there is a file to open, with its folders. One that is there keeps its mode. */
export function createStoreFile(path: string): void {
  try {
    if (isFile(path)) return;
    mkdirSync(dirname(path), { recursive: true, mode: ownerOnlyFolder });
    closeSync(openSync(path, "a", ownerOnlyFile));
    chmodSync(path, ownerOnlyFile);
  } catch (error) {
    throw toPlaceError(path, error);
  }
}

/** Throws a UsageError when there is nothing to read yet. */
export function requireStoreFile(path: string): void {
  let found: boolean;
  try {
    found = isFile(path);
  } catch (error) {
    throw toPlaceError(path, error);
  }
  if (!found) throw noStore(path);
}

/** There is no store yet: a query must not make one. */
export function noStore(path: string): UsageError {
  return new UsageError("no-store", `${path}: there is no store yet`, {
    hint: "run inquest collect or inquest import first, or name a store with --db",
  });
}

function isFile(path: string): boolean {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat?.isDirectory() === true) {
    throw new LocalError("store-is-folder", `${path}: the store is a folder, not a file`, {
      hint: "name a file with --db",
    });
  }
  return stat !== undefined;
}

function toPlaceError(path: string, error: unknown): unknown {
  if (error instanceof LocalError || !(error instanceof Error)) return error;
  return new LocalError("store-not-opened", `${path}: the store cannot be opened (${error.message})`, {
    hint: "check the folders above it, or name another store with --db",
    cause: error,
  });
}
