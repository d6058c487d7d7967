import { InquestError } from "@inquest/core";
import type { NameKind } from "@inquest/store";
import { loadConfig, namedConfig } from "./config/load-config.ts";
import type { Io } from "./io.ts";
import { storePathOf } from "./store-path.ts";

/** The name that somebody is typing. */
export interface NameWish {
  readonly kind: NameKind;
  readonly typed: string;
}

/** What a shell takes as it is: names come from hosts. */
const plainName = /^[\w.@%+:-]+$/;

/**
 * Names of the store that what is typed may become: `web01,db` becomes `web01,db1`, `@we` a group. None where there is
 * no store or it cannot be read: a shell that completes a word is no place for an error.
 */
export async function storedNames(
  wish: NameWish,
  before: readonly string[],
  io: Io,
): Promise<readonly string[]> {
  const { kind, typed } = wish;
  // Lists: what stands before the last comma stays; -name takes a host away, @name is a group.
  const [, head = "", sign = "", prefix = ""] =
    kind === "incident" ? ["", "", "", typed] : (/^(.*,)?(-?@|-)?(.*)$/s.exec(typed) ?? []);
  try {
    const found = await load(sign.endsWith("@") ? "group" : kind, prefix, before, io);
    return found.filter((name) => plainName.test(name)).map((name) => head + sign + name);
  } catch (error) {
    if (error instanceof InquestError) return [];
    throw error;
  }
}

async function load(
  kind: NameKind,
  prefix: string,
  before: readonly string[],
  io: Io,
): Promise<readonly string[]> {
  const { openStore } = await import("@inquest/store");
  const store = await openStore(await storeOf(before, io), { readOnly: true });
  try {
    return await store.names(kind, prefix);
  } finally {
    await store.close();
  }
}

async function storeOf(before: readonly string[], io: Io): Promise<string> {
  const at = before.lastIndexOf("--db");
  const typed = at === -1 ? undefined : before[at + 1];
  const configured = (await loadConfig(namedConfig(before), io)).get("db")?.value;
  return storePathOf({ db: typed ?? configured }, io);
}
