import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { openStore } from "../../../packages/store/src/open-store.ts";
import type { Store } from "../../../packages/store/src/store.ts";

/** A folder that goes away with the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "inquest-store-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A store in a file of its own, and the path of that file. */
export async function temporaryStore(): Promise<{ store: Store; path: string }> {
  const path = join(temporaryFolder(), "inquest.db");
  const store = await openStore(path);
  onTestFinished(() => store.close());
  return { store, path };
}
