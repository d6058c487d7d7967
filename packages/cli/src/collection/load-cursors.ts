import { logCursorOf, UsageError } from "@inquest/core";
import type { HostTarget, LogCursor } from "@inquest/core";
import { openStore } from "@inquest/store";
import type { Store } from "@inquest/store";

/** Up to where the kernel log of each host is known that was read before. */
export async function loadCursors(
  store: Store,
  targets: readonly HostTarget[],
): Promise<ReadonlyMap<string, LogCursor>> {
  const cursors = new Map<string, LogCursor>();
  for (const { host } of targets) {
    const cursor = logCursorOf(await store.knownBoots(host));
    if (cursor !== null) cursors.set(host, cursor);
  }
  return cursors;
}

/** The same for a dry run, which leaves the store as it is and needs none. */
export async function peekCursors(
  path: string,
  targets: readonly HostTarget[],
): Promise<ReadonlyMap<string, LogCursor>> {
  try {
    const store = await openStore(path, { readOnly: true });
    try {
      return await loadCursors(store, targets);
    } finally {
      await store.close();
    }
  } catch (error) {
    if (error instanceof UsageError && error.code === "no-store") return new Map();
    throw error;
  }
}
