import { LocalError } from "@inquest/core";
import { firstTables } from "./migrations/001-first-tables.ts";
import { savedLogs } from "./migrations/002-saved-logs.ts";
import { anchors } from "./migrations/003-anchors.ts";
import { coverage } from "./migrations/004-coverage.ts";
import { schedules } from "./migrations/005-schedules.ts";
import { annotationHistory } from "./migrations/006-annotation-history.ts";
import { swappedSuspects } from "./migrations/007-swapped-suspects.ts";

/** Every change of the schema, oldest first; the place in this list is the version it leads to. Append only. */
const migrations: readonly string[] = [
  firstTables,
  savedLogs,
  anchors,
  coverage,
  schedules,
  annotationHistory,
  swappedSuspects,
];

/** `PRAGMA user_version` of a store that this program writes. */
export const schemaVersion: number = migrations.length;

/** `PRAGMA application_id` of every store: "inqs". */
const applicationId = 0x69_6e_71_73;

/** The part of a database that says whose it is and how it is built. */
export interface SchemaOwner {
  pragma(text: string, options: { simple: true }): unknown;
  exec(text: string): unknown;
  /** Whether the database holds no table at all. */
  isEmpty(): boolean;
}

/**
 * The version of the store behind the place, 0 when nothing is in it yet. Throws a LocalError for somebody else's
 * database and for a store of a newer inquest. To be called within a transaction: six processes may start at once.
 */
export function readVersion(owner: SchemaOwner, place: string): number {
  const application = Number(owner.pragma("application_id", { simple: true }));
  const version = Number(owner.pragma("user_version", { simple: true }));
  if (application === 0 && version === 0 && owner.isEmpty()) return 0;
  if (application !== applicationId) {
    throw new LocalError("not-a-store", `${place}: is a SQLite database of another program`, {
      hint: "name the store with --db",
    });
  }
  if (version > schemaVersion) {
    throw new LocalError(
      "store-newer",
      `${place}: store version "${version}" is newer than this inquest knows (${schemaVersion})`,
      { hint: "use the inquest that wrote it, or a newer one; nothing was changed" },
    );
  }
  return version;
}

/** Brings the store to schemaVersion. To be called within a write transaction: it happens whole or not at all. */
export function migrate(owner: SchemaOwner, place: string): void {
  const version = readVersion(owner, place);
  for (const text of migrations.slice(version)) owner.exec(text);
  owner.exec(`PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${schemaVersion}`);
}
