import type { Command } from "../command.ts";
import { exitCode } from "../exit-code.ts";
import { storePathOf } from "../store-path.ts";

/** `inquest db`: care of the store. */
export const db: Command = {
  positionals: [{ name: "action", describe: "path: where the store is", choices: ["path"] }],
  options: {},
  examples: [["inquest db path", "the file that --db, XDG_STATE_HOME or HOME make it"]],
  epilogue: null,
  run: async (args, io) => {
    await io.stdout.write(`${storePathOf(args, io)}\n`);
    return exitCode.ok;
  },
};
