import { openStore } from "@inquest/store";
import type { Command } from "../command.ts";
import { exitCode } from "../exit-code.ts";
import { reparseStore } from "../imports/reparse-store.ts";
import { textOf } from "../options/option-values.ts";
import { formatReparsed } from "../render/reparsed.ts";
import { storePathOf } from "../store-path.ts";

/** `inquest db`: care of the store. */
export const db: Command = {
  positionals: [
    {
      name: "action",
      describe: "path: where the store is; reparse: read its raw evidence again with today's parsers",
      choices: ["path", "reparse"],
    },
  ],
  options: {},
  examples: [
    ["inquest db path", "the file that --db, XDG_STATE_HOME or HOME make it"],
    ["inquest db reparse", "after an update: what the new parsers find in old logs"],
  ],
  epilogue:
    "reparse keeps ids, first sight and annotations. An incident that today's parsers find no more goes, unless it is\n" +
    "annotated or its evidence is not stored.",
  run: async (args, io) => {
    if (textOf(args, "action") === "path") {
      await io.stdout.write(`${storePathOf(args, io)}\n`);
      return exitCode.ok;
    }
    const store = await openStore(storePathOf(args, io));
    try {
      for (const line of formatReparsed(await reparseStore(store, io.now())))
        await io.stdout.write(`${line}\n`);
      return exitCode.ok;
    } finally {
      await store.close();
    }
  },
};
