import type { OptionTable } from "../command.ts";

const group = "Global options:";

/** Options that every command takes. */
export const globalOptions: OptionTable = {
  db: {
    type: "string",
    nargs: 1,
    requiresArg: true,
    describe: "the store (default: $XDG_STATE_HOME/inquest/inquest.db)",
    group,
  },
  config: {
    type: "string",
    nargs: 1,
    requiresArg: true,
    describe: "settings from this file alone, or none (default: $XDG_CONFIG_HOME/inquest/config.yaml)",
    group,
  },
  quiet: { alias: "q", type: "boolean", describe: "no summaries and hints on stderr", group },
  verbose: { alias: "v", type: "boolean", describe: "say more", group },
  "no-color": { type: "boolean", describe: "no colour, as NO_COLOR=1 in the environment", group },
  "no-pager": {
    type: "boolean",
    describe: "no pager on a terminal, as INQUEST_PAGER=cat in the environment",
    group,
  },
  "no-input": { type: "boolean", describe: "never ask anything", group },
  version: { type: "boolean", describe: "print the version", group },
};
