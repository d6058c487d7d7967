import { expect, test } from "vitest";
import { UsageError } from "../../packages/core/src/index.ts";
import { toStoreError } from "../../packages/store/src/store-errors.ts";

const place = "/var/lib/inquest.db";
const sqlite = (code: string): Error => Object.assign(new Error("words of SQLite"), { code });

test.each([
  ["SQLITE_FULL", "store-full", "cannot be written: the disk is full"],
  ["SQLITE_READONLY_DBMOVED", "store-not-writable", "is not writable"],
  ["SQLITE_BUSY", "store-locked", "is locked by another process"],
  ["SQLITE_IOERR_WRITE", "store-io", "could not be read or written"],
  ["SQLITE_CANTOPEN", "store-not-opened", "cannot be opened"],
  ["SQLITE_CORRUPT", "store-damaged", "is damaged"],
])("says what %s means, where, and what to do", (code, ours, words) => {
  const error = toStoreError(place, sqlite(code));
  expect(error).toMatchObject({ code: ours, exitCode: 74, hint: expect.any(String) });
  expect(error).toHaveProperty("message", expect.stringContaining(place));
  expect(error).toHaveProperty("message", expect.stringContaining(words));
});

test("leaves our own mistakes and errors that are clear already as they are", () => {
  for (const error of [
    sqlite("SQLITE_CONSTRAINT_NOTNULL"),
    new UsageError("x", "y"),
    new TypeError("z"),
    "text",
  ]) {
    expect(toStoreError(place, error)).toBe(error);
  }
});
