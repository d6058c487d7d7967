import { resolve } from "node:path";
import { UsageError } from "@inquest/core";
import { openStore } from "@inquest/store";
import type { Store } from "@inquest/store";
import type { Command, ParsedArgs } from "../command.ts";
import { exitCode } from "../exit-code.ts";
import { reparseStore } from "../imports/reparse-store.ts";
import type { Io } from "../io.ts";
import { choiceOf, flagOf, optionName, textOf } from "../options/option-values.ts";
import { parseSpan } from "../options/span.ts";
import { formatReparsed } from "../render/reparsed.ts";
import { formatCheck, formatPruned, formatUsage } from "../render/store-care.ts";
import { storePathOf } from "../store-path.ts";
import { wrapped } from "../render/wrapped.ts";

const actions = ["path", "usage", "check", "backup", "prune", "reparse"] as const;
type Action = (typeof actions)[number];
/** They look and leave the store as it is. */
const readers: ReadonlySet<Action> = new Set(["usage", "check", "backup"]);
const dayS = 86_400;

/** `inquest db`: care of the store. */
export const db: Command = {
  positionals: [
    {
      name: "action",
      describe:
        "path: where the store is; usage: what takes its room; check: whether it is sound; backup FILE; prune: remove what is old; reparse: read its raw evidence again with today's parsers",
      choices: actions,
    },
    { name: "file", describe: "backup: the file to write" },
  ],
  options: {
    "older-than": { type: "string", nargs: 1, requiresArg: true, describe: "prune: what goes, such as 400d" },
    "keep-annotated": { type: "boolean", describe: "prune: incidents that a reviewer wrote on stay" },
    "dry-run": { type: "boolean", alias: "n", describe: "prune: print what would go; remove nothing" },
  },
  examples: [
    ["inquest db path", "the file that --db, XDG_STATE_HOME or HOME make it"],
    ["inquest db usage", "bytes a table and a host"],
    ["inquest db check", "exit 74 when it is damaged"],
    ["inquest db backup /backup/inquest.db", "while collections go on"],
    ["inquest db prune --older-than 400d --keep-annotated -n", "what would go"],
    ["inquest db reparse", "after an update: what the new parsers find in old logs"],
  ],
  epilogue:
    "prune removes incidents whose time with its error is older (by first sight where they have no time), their reports, and\n" +
    "older raw evidence and processes; visits and coverage stay. What it removed is known again and not new when a ring buffer still\n" +
    "tells of it. It then rewrites the file (VACUUM), which needs as much room again for a while. backup writes under a temporary\n" +
    "name and renames. reparse keeps ids, first sight and annotations. An incident that today's parsers find no more goes, unless\n" +
    "it is annotated or its evidence is not stored. Exit: 0 done, 74 the store is damaged or cannot be read.",
  run: async (args, io) => {
    const action = choiceOf(args, "action", actions) ?? "path";
    refuseForeign(args, action);
    const path = storePathOf(args, io);
    if (action === "path") {
      await io.stdout.write(`${path}\n`);
      return exitCode.ok;
    }
    const beforeMs = action === "prune" ? readBefore(args, io) : 0;
    const store = await openStore(path, { readOnly: readers.has(action) });
    try {
      if (action === "prune") return await prune(store, beforeMs, args, io);
      if (action === "backup") return await backup(store, args, io);
      if (action === "usage") await io.stdout.write(formatUsage(await store.usage(), io.stdout));
      else if (action === "reparse")
        for (const line of formatReparsed(await reparseStore(store, io.now())))
          await io.stdout.write(wrapped(`${line}\n`, io.stdout.columns));
      if (action !== "check") return exitCode.ok;
      const found = await store.check();
      await io.stdout.write(wrapped(formatCheck(found), io.stdout.columns));
      return found.damages.length === 0 ? exitCode.ok : exitCode.localFailure;
    } finally {
      await store.close();
    }
  },
};

function refuseForeign(args: ParsedArgs, action: Action): void {
  const ofPrune = ["older-than", "keep-annotated", "dry-run"].find((name) => args[name] !== undefined);
  if (ofPrune !== undefined && action !== "prune")
    throw new UsageError("usage", `${optionName(ofPrune)} is for db prune alone`);
  if ((textOf(args, "file") === null) === (action === "backup"))
    throw new UsageError(
      "usage",
      action === "backup" ? "db backup needs a file" : `db ${action} takes no file`,
      {
        hint: "inquest db backup FILE",
      },
    );
}

function readBefore(args: ParsedArgs, io: Io): number {
  const text = textOf(args, "older-than");
  const spanS = text === null ? null : parseSpan(text);
  if (spanS !== null && spanS >= dayS) return io.now() - spanS * 1000;
  throw new UsageError(
    "bad-span",
    text === null ? "db prune needs --older-than" : `--older-than: time span "${text}" is not understood`,
    { hint: "write a span of a day or more with its unit, such as 400d" },
  );
}

async function prune(store: Store, beforeMs: number, args: ParsedArgs, io: Io): Promise<number> {
  const dryRun = flagOf(args, "dry-run");
  const pruned = await store.prune({ beforeMs, keepAnnotated: flagOf(args, "keep-annotated"), dryRun });
  await io.stdout.write(wrapped(formatPruned(pruned, { beforeMs, dryRun }), io.stdout.columns));
  if (dryRun || (pruned.incidents === 0 && pruned.evidence === 0)) return exitCode.ok;
  try {
    await store.shrink();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    await io.warn(`the file was not made smaller, its free room is used again: ${why}`);
  }
  return exitCode.ok;
}

async function backup(store: Store, args: ParsedArgs, io: Io): Promise<number> {
  const file = textOf(args, "file") ?? "";
  await store.backup(resolve(io.cwd, file));
  await io.narrate(`the store is copied to ${file}`);
  return exitCode.ok;
}
