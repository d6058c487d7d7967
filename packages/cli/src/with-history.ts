import { openStore } from "@inquest/store";
import type { Store } from "@inquest/store";
import type { ParsedArgs } from "./command.ts";
import type { Io } from "./io.ts";
import { storePathOf } from "./store-path.ts";

/** Opens the history for reading, hands it over and closes it whatever happens. */
export async function withHistory<T>(
  args: ParsedArgs,
  io: Io,
  work: (store: Store) => Promise<T>,
): Promise<T> {
  const store = await openStore(storePathOf(args, io), { readOnly: true });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}
