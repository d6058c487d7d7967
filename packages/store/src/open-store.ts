import { setTimeout as sleep } from "node:timers/promises";
import Database from "better-sqlite3";
import { migrate, readVersion, schemaVersion } from "./migrate.ts";
import type { SchemaOwner } from "./migrate.ts";
import type { Sql, SqlStatement } from "./sql.ts";
import { sqliteStore } from "./sqlite-store.ts";
import { onStore } from "./store-errors.ts";
import { createStoreFile, noStore, requireStoreFile } from "./store-file.ts";
import type { Store } from "./store.ts";

/** How long a writer waits for another one. A visit is written in milliseconds. */
const busyTimeoutMs = 10_000;
const walPauseMs = 20;

/**
 * Opens the incident history, and creates it with its folders where there is none. With `readOnly` nothing is
 * created or written (but an older schema is brought up to date); a missing store is a UsageError `no-store`.
 */
export async function openStore(path: string, options: { readOnly?: boolean } = {}): Promise<Store> {
  const readOnly = options.readOnly === true;
  if (readOnly) requireStoreFile(path);
  else createStoreFile(path);
  const db = onStore(path, () => new Database(path, { readonly: readOnly, timeout: busyTimeoutMs }));
  try {
    const owner = ownerOf(db);
    const version = onStore(path, () => db.transaction(() => readVersion(owner, path))());
    if (readOnly && version === 0) throw noStore(path);
    if (readOnly && version < schemaVersion) {
      db.close();
      await (await openStore(path)).close();
      return await openStore(path, options);
    }
    if (!readOnly) {
      await switchToWal(db, path);
      if (version < schemaVersion) {
        onStore(path, () => db.transaction(() => migrate(owner, path)).immediate());
      }
      // NORMAL in WAL survives a killed process; a power cut may take the last visits, which are read again.
      onStore(path, () => db.pragma("synchronous = NORMAL"));
    }
    onStore(path, () => db.pragma("foreign_keys = ON"));
    return sqliteStore(sqlOf(db), path);
  } catch (error) {
    db.close();
    throw error;
  }
}

/** Readers and one writer side by side. The switch needs the file alone and SQLite does not wait for it by itself. */
async function switchToWal(db: Database.Database, path: string): Promise<void> {
  for (let left = busyTimeoutMs / walPauseMs; ; left -= 1) {
    try {
      db.pragma("journal_mode = WAL");
      return;
    } catch (error) {
      const busy = error instanceof Database.SqliteError && error.code.startsWith("SQLITE_BUSY");
      if (!busy || left <= 0) onStore(path, () => raise(error));
      await sleep(walPauseMs);
    }
  }
}

function raise(error: unknown): never {
  throw error;
}

function ownerOf(db: Database.Database): SchemaOwner {
  return {
    pragma: (text, options) => db.pragma(text, options),
    exec: (text) => db.exec(text),
    isEmpty: () => db.prepare("SELECT 1 FROM sqlite_schema LIMIT 1").get() === undefined,
  };
}

function sqlOf(db: Database.Database): Sql {
  const statements = new Map<string, Database.Statement>();
  return {
    statement<Row>(text: string): SqlStatement<Row> {
      const statement = statements.get(text) ?? db.prepare(text);
      statements.set(text, statement);
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the caller vouches for the row, see Sql
      return statement as Database.Statement<unknown[], Row>;
    },
    write: (work) => db.transaction(work).immediate(),
    read: (work) => db.transaction(work).deferred(),
    backup: async (path) => {
      // All that is left in one step: a copy in small steps begins anew whenever a collector writes.
      await db.backup(path, { progress: ({ remainingPages }) => Math.max(1, remainingPages) });
    },
    close: () => void db.close(),
  };
}
