import { isAbsolute, join, resolve } from "node:path";
import { UsageError } from "@inquest/core";
import type { ParsedArgs } from "./command.ts";
import type { Io } from "./io.ts";
import { textOf } from "./options/option-values.ts";

/** Where the store is: --db, else $XDG_STATE_HOME/inquest/inquest.db, else ~/.local/state/inquest/inquest.db. */
export function storePathOf(args: ParsedArgs, { env, cwd }: Pick<Io, "env" | "cwd">): string {
  const given = textOf(args, "db");
  if (given !== null) return resolve(cwd, given);
  const state = env["XDG_STATE_HOME"];
  // The XDG base directory specification: a relative path in the variable is invalid and ignored.
  if (state !== undefined && isAbsolute(state)) return join(state, "inquest", "inquest.db");
  const home = env["HOME"];
  if (home !== undefined && isAbsolute(home)) return join(home, ".local", "state", "inquest", "inquest.db");
  throw new UsageError("no-home", "the place of the store is not known: HOME is not set", {
    hint: "name the store with --db PATH",
  });
}
